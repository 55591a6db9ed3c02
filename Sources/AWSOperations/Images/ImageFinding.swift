/// What came of looking at an image.
package enum ImageFinding: Sendable, Equatable {
    case found(ImageContents)
    /// Its registry has no such image.
    case absent(String)
    /// It could not be looked at, such as one that is private.
    case unknown(String)
}
