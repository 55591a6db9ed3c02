#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Why the system did not start a program.
struct SpawnFailure: Error, Equatable, CustomStringConvertible {
    let path: String
    let code: CInt

    /// Why it was not even tried, where it was not.
    var held: String?

    /// The server did not start lately, and may not be started yet.
    static func held(_ reason: String) -> SpawnFailure { SpawnFailure(path: "", code: 0, held: reason) }

    static func notFound(_ name: String) -> SpawnFailure { SpawnFailure(path: name, code: ENOENT) }

    var description: String { held ?? "\(path) could not be started (\(String(cString: strerror(code))))" }
}
