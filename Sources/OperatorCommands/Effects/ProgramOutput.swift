import Foundation
import Synchronization

/// What a program wrote into a pipe, up to a bound; the rest is read and dropped.
final class ProgramOutput: Sendable {
    private static let limit = 1 << 20

    private let data = Mutex(Data())

    var text: String { String(decoding: data.withLock { $0 }, as: UTF8.self) }

    /// Reads until the other side closes.
    func take(_ pipe: FileHandle) {
        while true {
            let piece = pipe.availableData
            guard !piece.isEmpty else { return }
            data.withLock { $0 += piece.prefix(Self.limit - $0.count) }
        }
    }
}
