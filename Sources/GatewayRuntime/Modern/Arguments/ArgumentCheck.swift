import HTTPTransport
import Logging
import MCPWire
import NIOCore
import NIOHTTP1

/// Holds calls of a stdio server's tools to what their `Mcp-Param-…` headers say: the server sees no headers, and what
/// stands between client and gateway may have routed by them (MCP 2026-07-28, Streamable HTTP, "Server Behavior for
/// Custom Headers"). Which arguments are mirrored the server is asked when its first tool is called.
final class ArgumentCheck {
    /// How long calls wait for the server's list, and how long a server of this revision may take for it.
    private static let patience: TimeAmount = .seconds(5)
    private static let longestInquiry: TimeAmount = .seconds(60)

    private struct Waiting {
        let call: ModernRequest
        let visit: Visit
        let pass: () -> Void

        var fields: (String) -> [String] { ArgumentCheck.fields(of: visit) }
    }

    private unowned let gateway: Gateway
    private let ask: (WarmClient, @escaping (ToolInquiry.Outcome) -> Void) -> ToolInquiry
    private var knowledge = ArgumentKnowledge()
    private var waiting: [Waiting] = []
    private var inquiry: ToolInquiry?
    private var hasComplained = false

    /// - Parameter ask: asks the server for its tools, as that client.
    init(
        _ gateway: Gateway,
        ask: @escaping (WarmClient, @escaping (ToolInquiry.Outcome) -> Void) -> ToolInquiry
    ) {
        self.gateway = gateway
        self.ask = ask
    }

    /// Calls `pass` for a call that may go on, now or later; refuses another.
    func check(_ call: ModernRequest, _ visit: Visit, pass: @escaping () -> Void) {
        let (verdict, asks) = knowledge.judge(call, now: .now(), fields: Self.fields(of: visit))
        switch verdict {
        case .pass: pass()
        case .refuse(let fault): visit.exchange.refuse(.headerMismatch(fault), to: call.id)
        case .wait where waiting.count < ModernStdio.mostWaiting:
            waiting.append(Waiting(call: call, visit: visit, pass: pass))
        case .wait: visit.exchange.refuse(.serversBusy, to: call.id)
        }
        if asks { begin(as: WarmClient(caller: visit.caller, capabilities: call.clientCapabilities)) }
    }

    /// The replica shuts down: what waits begins nowhere.
    func close() {
        let refused = waiting
        waiting = []
        for one in refused { one.visit.exchange.refuse(.draining, to: one.call.id) }
        inquiry?.giveUp()
        inquiry = nil
    }

    /// The server's tools changed.
    func outdated() { knowledge.outdated() }

    private func begin(as client: WarmClient) {
        let begun = ask(client) { [weak self] outcome in
            self?.inquiry = nil
            self?.ended(outcome)
        }
        guard !begun.isOver else { return }
        inquiry = begun
        gateway.later(Self.patience) { [weak self, weak begun] in
            guard let self, let begun, self.inquiry === begun else { return }
            let reason = "did not list them within \(Self.patience.wholeSeconds) seconds"
            guard begun.isCheap else { return self.giveUp(begun, reason) }
            self.complain(reason)
            self.knowledge.stopWaiting()
            self.release()
            self.gateway.later(Self.longestInquiry - Self.patience) { [weak self, weak begun] in
                if let self, let begun, self.inquiry === begun { self.giveUp(begun, reason) }
            }
        }
    }

    private func giveUp(_ begun: ToolInquiry, _ reason: String) {
        inquiry = nil
        begun.giveUp()
        ended(.failed(reason))
    }

    private func ended(_ outcome: ToolInquiry.Outcome) {
        switch outcome {
        case .listed(let mirrored):
            hasComplained = false
            knowledge.listed(mirrored, now: .now())
        case .failed(let reason):
            complain(reason)
            knowledge.failed(now: .now())
        }
        release()
    }

    /// Lets those that waited go on, but for those with a fault.
    private func release() {
        let released = waiting
        waiting = []
        for one in released where !one.visit.exchange.isOver {
            if let fault = knowledge.fault(of: one.call, fields: one.fields) {
                one.visit.exchange.refuse(.headerMismatch(fault), to: one.call.id)
            } else {
                one.pass()
            }
        }
    }

    private func complain(_ reason: String) {
        guard !hasComplained else { return }
        hasComplained = true
        gateway.log.warning(
            "the server did not list its tools: Mcp-Param headers are not compared with what calls say",
            metadata: ["reason": "it \(reason)"]
        )
    }

    private static func fields(of visit: Visit) -> (String) -> [String] {
        let headers = visit.exchange.head.headers
        return { headers[$0] }
    }
}
