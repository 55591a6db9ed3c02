/// The schedule of a fleet that has one.
package struct ScheduleFacts: Sendable, Equatable {
    package let hours: String
    /// nil where this machine does not know the time zone.
    package let isOpen: Bool?

    package init(hours: String, isOpen: Bool?) {
        self.hours = hours
        self.isOpen = isOpen
    }
}
