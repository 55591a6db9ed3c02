/// What another choice would cost the regions that are looked at, beside what they cost as they are.
package struct Saving: Equatable, Sendable {
    /// In words: "Fargate on ARM".
    package let choice: String
    /// What to write in the fleet file.
    package let setting: String
    package let monthly: Money
    /// How much less that is; negative where it is more.
    package let saved: Money
}
