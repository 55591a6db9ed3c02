#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The time of day, for what leaves the process: tickets and log lines.
enum WallClock {
    /// Seconds and nanoseconds since 1970.
    static var now: (seconds: UInt64, nanoseconds: Int) {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return (UInt64(max(0, time.tv_sec)), Int(time.tv_nsec))
    }

    /// Milliseconds since 1970.
    static var milliseconds: UInt64 {
        let (seconds, nanoseconds) = now
        return seconds * 1000 + UInt64(nanoseconds / 1_000_000)
    }

    /// `2026-11-22T21:40:29.123Z` (RFC 3339, UTC).
    static var timestamp: String {
        let (seconds, nanoseconds) = now
        return timestamp(of: seconds, nanoseconds: nanoseconds)
    }

    /// A time as seconds and nanoseconds since 1970 in the same form.
    static func timestamp(of seconds: UInt64, nanoseconds: Int) -> String {
        var wanted = time_t(seconds)
        var parts = tm()
        gmtime_r(&wanted, &parts)
        func padded(_ number: some BinaryInteger, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let date = "\(parts.tm_year + 1900)-\(padded(parts.tm_mon + 1, 2))-\(padded(parts.tm_mday, 2))"
        let time = "\(padded(parts.tm_hour, 2)):\(padded(parts.tm_min, 2)):\(padded(parts.tm_sec, 2))"
        return "\(date)T\(time).\(padded(nanoseconds / 1_000_000, 3))Z"
    }
}
