import Testing

/// The built programs, driven by real clients. One after another: each starts a fleet of its own, and on a small
/// machine two fleets would measure each other.
@Suite(.serialized, .enabled(if: ProcessTree.isAvailable, "the process tests read /proc"))
struct `The built programs` {}
