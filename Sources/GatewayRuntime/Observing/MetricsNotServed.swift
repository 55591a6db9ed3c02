import HTTPTransport
import NIOCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The metrics port can't be had.
struct MetricsNotServed: Error, CustomStringConvertible {
    let target: HTTPTarget
    let reason: any Error

    var description: String {
        let words = (reason as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? "\(reason)"
        return "\(target) can't be listened on for metrics (\(words)); choose another --metrics-port."
    }
}
