import NIOCore

extension JSONObject {
    /// Where the elements of the array at `range` stand; `nil` where there is none, or one of more than `most`.
    package static func elements(at range: Range<Int>, in text: ByteBuffer, most: Int) -> [Range<Int>]? {
        let array = text.getSlice(at: text.readerIndex + range.lowerBound, length: range.count)
        guard let array, MessageBatch.isBatch(array.readableBytesUInt8Span) else { return nil }
        do throws(MalformedJSON) {
            return try MessageBatch.split(array.readableBytesUInt8Span, limit: most)
                .map { $0.lowerBound + range.lowerBound..<$0.upperBound + range.lowerBound }
        } catch {
            return nil
        }
    }
}
