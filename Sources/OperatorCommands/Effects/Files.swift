import FleetModel

/// Text files, by absolute path.
package struct Files: Sendable {
    /// The text of a file, or nil when there is none.
    package var read: @Sendable (_ path: String) throws(Problem) -> String?
    /// Writes a file, whole or not at all, over one that is there.
    package var write: @Sendable (_ path: String, _ text: String) throws(Problem) -> Void
    /// Adds to the end of a file, which is made where there is none.
    package var append: @Sendable (_ path: String, _ text: String) throws(Problem) -> Void
    /// Gives a file another name, over one that has it.
    package var move: @Sendable (_ path: String, _ target: String) throws(Problem) -> Void
    package var exists: @Sendable (_ path: String) -> Bool
    /// Makes a folder and those above it, where they are not there yet.
    package var makeFolder: @Sendable (_ path: String) throws(Problem) -> Void
    /// Makes a file that was not there; throws a `fileExists` problem and touches nothing when it was.
    package var create: @Sendable (_ path: String, _ text: String, _ access: FileAccess) throws(Problem) -> Void
    /// Removes a file, or a folder with all that is in it; nothing where there is none.
    package var remove: @Sendable (_ path: String) throws(Problem) -> Void

    package init(
        read: @escaping @Sendable (_ path: String) throws(Problem) -> String?,
        write: @escaping @Sendable (_ path: String, _ text: String) throws(Problem) -> Void,
        append: @escaping @Sendable (_ path: String, _ text: String) throws(Problem) -> Void,
        move: @escaping @Sendable (_ path: String, _ target: String) throws(Problem) -> Void,
        exists: @escaping @Sendable (_ path: String) -> Bool,
        makeFolder: @escaping @Sendable (_ path: String) throws(Problem) -> Void,
        create: @escaping @Sendable (_ path: String, _ text: String, _ access: FileAccess) throws(Problem) -> Void,
        remove: @escaping @Sendable (_ path: String) throws(Problem) -> Void
    ) {
        self.read = read
        self.write = write
        self.append = append
        self.move = move
        self.exists = exists
        self.makeFolder = makeFolder
        self.create = create
        self.remove = remove
    }
}
