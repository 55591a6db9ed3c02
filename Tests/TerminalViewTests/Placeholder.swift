enum TerminalViewTestsPlaceholder {}
