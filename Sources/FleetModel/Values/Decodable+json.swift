import Foundation

extension Decodable {
    /// What a text of JSON holds, or nil where it holds something else.
    ///
    /// Why is not told: the decoder's errors quote what they could not read, which may be somebody's secret.
    package init?(json bytes: some Sequence<UInt8>) {
        do {
            self = try JSONDecoder().decode(Self.self, from: Data(bytes))
        } catch {
            return nil
        }
    }
}
