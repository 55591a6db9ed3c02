import AWSOperations
import Foundation

/// The answer to a handshake, or to another call, as far as it is looked at.
struct HandshakeReply: Decodable, Equatable {
    struct Outcome: Decodable, Equatable {
        let protocolVersion: String?
        let supportedVersions: [String]?
    }

    struct Fault: Decodable, Equatable {
        let code: Int
        let message: String
    }

    let result: Outcome?
    let error: Fault?
    private let id: Int?

    private enum CodingKeys: String, CodingKey {
        case result, error, id
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        result = try fields.decodeIfPresent(Outcome.self, forKey: .result)
        error = try fields.decodeIfPresent(Fault.self, forKey: .error)
        id = try? fields.decode(Int.self, forKey: .id)  // an error may have none, and a text is not our id
    }

    /// nil where the body is neither the message nor an event stream that holds it.
    init?(_ response: WebResponse, to id: Int = Handshake.id) {
        let text = String(decoding: response.body, as: UTF8.self)
        let isStream = response.header("content-type")?.hasPrefix("text/event-stream") ?? false
        let candidates = isStream ? Self.events(text) : [text]
        let replies = candidates.lazy.compactMap { text in
            try? JSONDecoder().decode(HandshakeReply.self, from: Data(text.utf8))  // then it is none
        }
        guard let reply = replies.first(where: { $0.isAnswer(to: id) }) else { return nil }
        self = reply
    }

    private func isAnswer(to call: Int) -> Bool { error != nil || result != nil && id == call }

    /// The data of each event (HTML Standard, "Interpreting an event stream").
    private static func events(_ text: String) -> [String] {
        text.replacing("\r\n", with: "\n").replacing("\r", with: "\n").split(separator: "\n\n").map { event in
            event.split(separator: "\n").filter { $0.hasPrefix("data:") }
                .map { $0.dropFirst(5).drop { $0 == " " } }.joined(separator: "\n")
        }
    }
}
