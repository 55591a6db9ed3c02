/// How many sessions there may be, and what becomes of one whose replica is lost.
package struct SessionRules: Sendable, Equatable {
    /// What a client gets that begins a session when there are as many as there may be.
    package enum WhenFull: String, CaseIterable, Sendable {
        case refuse
        /// The session that nobody has used for longest, and nobody waits or listens to, is put to rest.
        case oldestIdle = "oldest-idle"
    }

    /// What becomes of a session whose replica is lost.
    package enum OwnerLost: String, CaseIterable, Sendable {
        case resume
        case expire
    }

    /// Which of the protocol's revisions are served.
    package enum Eras: String, CaseIterable, Sendable {
        case both
        /// Those with sessions only: a client that speaks both falls back to them.
        case sessions
    }

    package var eras = Eras.both
    /// Server processes at a time; `nil`: as many as sessions.
    package var childLimit: Int?
    package var whenFull = WhenFull.refuse
    package var ownerLost = OwnerLost.resume

    package init() {}
}
