import NIOCore

extension TimeAmount {
    /// Seconds, rounded up.
    var wholeSeconds: Int64 { (nanoseconds + 999_999_999) / 1_000_000_000 }

    var inSeconds: Double { Double(nanoseconds) / 1e9 }
}
