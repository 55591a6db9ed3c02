/// What the schedule says at an hour, by the word that the edge's machine is started with.
package enum SchedulePhase: String, Sendable, Encodable {
    case up
    case down
}
