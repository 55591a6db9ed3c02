extension String {
    /// Whether two texts are the same bytes. `==` takes a letter and its decomposed form for one; the wire does not.
    package func isSpelled(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
