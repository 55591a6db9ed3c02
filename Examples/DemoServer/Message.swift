#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// One line from the client, read.
enum Message {
    case request(RequestID, Request)
    case cancelled(RequestID)
    case answer(RequestID, ClientAnswer)
    /// A notification this server has no use for.
    case unused
    /// Something that must be answered with an error; the id is `nil` where none could be read.
    case refused(RequestID?, Refusal)

    private static let decoder = JSONDecoder()

    /// Reads a line. JSON-RPC batches, which only MCP 2025-03-26 knows and no client sends, are refused.
    init(line: [UInt8]) {
        do {
            self = try Self.decoder.decode(Message.self, from: Data(line))
        } catch DecodingError.dataCorrupted {
            self = .refused(nil, .notJSON)
        } catch {
            self = .refused(nil, .notAMessage)
        }
    }
}

extension Message: Decodable {
    enum Key: String, CodingKey {
        case id, method, params
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        let id = try fields.decodeIfPresent(RequestID.self, forKey: .id)
        let method = try fields.decodeIfPresent(String.self, forKey: .method)
        switch (id, method) {
        case (let id?, let method?):
            do {
                self = .request(id, try Request(method, in: fields))
            } catch let refusal as Refusal {
                self = .refused(id, refusal)
            } catch let error as DecodingError {
                self = .refused(id, .badParams(error))
            }
        case (nil, "notifications/cancelled"):
            self = .cancelled(try fields.decode(Cancellation.self, forKey: .params).requestId)
        case (nil, _?):
            self = .unused
        case (let id?, nil):
            self = .answer(id, try ClientAnswer(from: decoder))
        case (nil, nil):
            self = .refused(nil, .notAMessage)
        }
    }

    private struct Cancellation: Decodable {
        let requestId: RequestID
    }
}
