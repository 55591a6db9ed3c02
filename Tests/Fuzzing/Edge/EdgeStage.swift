import NIOCore

/// One gateway under fire: the attacker's session and the bystander's.
struct EdgeStage {
    let port: Int
    let group: any EventLoopGroup

    /// Time for what is well-formed. Nothing takes this long but a hang.
    static let patience: TimeAmount = .seconds(20)
    /// Time for what is not: the gateway may well wait for more of it.
    static let impatience: TimeAmount = .milliseconds(15)

    struct Misfit: Error { let what: String }

    /// Sends one request alone.
    func ask(_ request: EdgeRequest) async throws -> [UInt8] {
        let connection = try await EdgeConnection(port: port, on: group)
        await connection.send([request.bytes(closing: true)[...]], pausing: false)
        let (bytes, isWhole) = await connection.response(within: Self.patience)
        guard isWhole else { throw Misfit(what: "no answer within \(Self.patience.nanoseconds / 1_000_000_000) s") }
        return bytes
    }

    /// Begins a session; its id.
    func session() async throws -> String {
        let text = String(decoding: try await ask(.initialize()), as: UTF8.self)
        for line in text.split(whereSeparator: \.isNewline) where line.lowercased().hasPrefix("mcp-session-id:") {
            let id = String(line.dropFirst("mcp-session-id:".count).drop { $0 == " " })
            return id
        }
        throw Misfit(what: "initialize was answered '\(text.prefix(300))'")
    }

    /// A bystander's call gets exactly its own answer.
    func bystand(_ session: String?, _ mark: String) async throws -> String? {
        let request = session.map { EdgeRequest.call(mark, session: $0) } ?? .modernCall(mark)
        let answer: [UInt8]
        do {
            answer = try await ask(request)
        } catch let misfit as Misfit {
            return misfit.what
        }
        let text = String(decoding: answer, as: UTF8.self)
        guard text.hasPrefix("HTTP/1.1 200 "), EdgeMark.all(in: answer) == [mark],
            text.contains("id-\(mark.dropFirst(5))")
        else { return "a bystander got '\(text.prefix(600))'" }
        return nil
    }

    /// What came of an attack: the bytes, and whether the gateway ended the connection.
    func perform(_ attack: EdgeAttack) async throws -> (bytes: [UInt8], isWhole: Bool) {
        let connection = try await EdgeConnection(port: port, on: group)
        await connection.send(attack.pieces, pausing: attack.pauses)
        switch attack.ending {
        case .wait: break
        case .halfClose: await connection.endOutput()
        case .close: return await connection.response(within: .nanoseconds(0))
        }
        return await connection.response(within: attack.isWellFormed ? Self.patience : Self.impatience)
    }
}
