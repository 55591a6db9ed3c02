import HTTPTransport
import MCPWire
import NIOCore
import NIOHTTP1

/// Begins a session of the HTTP server's anew with the client's own `initialize`: the server forgot it, or another
/// server had it.
enum UpstreamRenewal {
    struct Renewed {
        /// The server's new id for the session; `nil` where it gives none.
        let session: String?
        let protocolVersion: String
    }

    /// `number` tells this renewal's id from those before it.
    static func run(
        parameters: [UInt8],
        number: Int,
        over upstream: HTTPUpstream,
        patience: TimeAmount,
        _ completion: @escaping (Result<Renewed, UpstreamTrouble>) -> Void
    ) {
        let id = MessageID.text("slipway-resume-\(number)").json
        var body = ByteBuffer(string: #"{"jsonrpc":"2.0","id":\#(id),"method":"initialize","params":"#)
        body.writeBytes(parameters)
        body.writeStaticString("}")
        UpstreamErrand.run(.init(body: body), over: upstream, patience: patience) { result in
            switch result.flatMap(renewed) {
            case .failure(let trouble): completion(.failure(trouble))
            case .success(let renewed): confirm(renewed, over: upstream, patience: patience, completion)
            }
        }
    }

    private static func renewed(_ answer: UpstreamErrand.Answer) -> Result<Renewed, UpstreamTrouble> {
        guard (200..<300).contains(answer.head.status.code) else { return .failure(.status(answer.head.status.code)) }
        guard let envelope = answer.message?.envelope, envelope.kind == .response else { return .failure(.noAnswer) }
        guard !envelope.isError else { return .failure(.error) }
        let version = envelope.protocolVersion ?? ProtocolRevision.march2025.rawValue
        let session = answer.head.headers.value("mcp-session-id")
        return .success(Renewed(session: session, protocolVersion: version))
    }

    /// Requests follow only when the server has heard that the session is initialized.
    private static func confirm(
        _ renewed: Renewed,
        over upstream: HTTPUpstream,
        patience: TimeAmount,
        _ completion: @escaping (Result<Renewed, UpstreamTrouble>) -> Void
    ) {
        let request = UpstreamErrand.Request(
            body: ByteBuffer(string: #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#),
            session: renewed.session,
            protocolVersion: renewed.protocolVersion
        )
        UpstreamErrand.run(request, over: upstream, patience: patience) { completion($0.map { _ in renewed }) }
    }
}
