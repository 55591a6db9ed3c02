/// Who may read a file that is made.
package enum FileAccess: Sendable, Equatable {
    /// Whoever the user's umask allows.
    case usual
    /// The owner alone, for files that will hold secrets.
    case ownerOnly
}
