#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Where this process runs, as the `where` tool tells it.
struct Surroundings: Sendable {
    /// The replica that started this process; `slipway-gateway` names itself in the environment of its children.
    let replica: String
    let process: Int32

    init() {
        replica = getenv("SLIPWAY_REPLICA").map { String(cString: $0) } ?? "no gateway"
        process = getpid()
    }
}
