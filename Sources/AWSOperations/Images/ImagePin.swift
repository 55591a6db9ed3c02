/// An image's name as it is given to ECS.
package struct ImagePin: Sendable, Equatable {
    /// With a digest where the registry told one.
    package let image: String
    /// Why it is not pinned, in a sentence; nil where it is.
    package let doubt: String?
}
