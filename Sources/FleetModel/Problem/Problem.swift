/// What an operator is told when something was not done: where, what, why, and the one next step.
///
/// `summary` continues the place it is printed after, so it starts with the setting or thing it is about.
/// `detail` holds the other side's words and the state the world is in now; `hint` is one command or one edit.
/// No part of a problem ever holds a secret. Rendering is `TerminalView`'s alone.
package struct Problem: Error, Equatable, Sendable {
    package var kind: Kind
    package var place: Place?
    package var summary: String
    package var detail: String?
    package var hint: String?

    package init(
        _ kind: Kind,
        at place: Place? = nil,
        _ summary: String,
        detail: String? = nil,
        hint: String? = nil
    ) {
        self.kind = kind
        self.place = place
        self.summary = summary
        self.detail = detail
        self.hint = hint
    }
}
