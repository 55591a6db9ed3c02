enum TerminalViewPlaceholder {}
