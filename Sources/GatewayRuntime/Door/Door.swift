import HTTPTransport
import Logging
import NIOCore
import NIOHTTP1

/// What every request of a client meets first: whether it may come here at all, who asks, and how often.
///
/// The checks stand in this order: `Host` and `Origin`, then who asks (401, 403), then the session (404), then the rate
/// (429). A session's id therefore tells nothing to whoever may not use it, and a limit hides no lost session.
final class Door {
    /// `nil`: nobody is asked.
    let authentication: (any Authentication)?
    let resource: ProtectedResource?
    private let hosts: HostRule
    /// The `Host` that was accepted last.
    private var acceptedHost: String?
    private let origins: OriginRule
    private var limiter: RateLimiter?
    private let trustsForwarded: Bool
    private let tokens: TokenAuthentication?

    init(_ configuration: GatewayConfiguration, eventLoop: any EventLoop, log: Logger) {
        let door = configuration.door
        hosts = HostRule(allowed: door.allowedHosts, listensOnLoopback: configuration.listensOnLoopback)
        origins = OriginRule(
            allowed: configuration.allowedOrigins,
            listensOnLoopback: configuration.listensOnLoopback
        )
        limiter = door.rate.map { RateLimiter($0) }
        trustsForwarded = door.trustsForwarded
        switch door.signIn {
        case .nobody: (authentication, tokens, resource) = (nil, nil, nil)
        case .keys(let keys): (authentication, tokens, resource) = (KeyAuthentication(keys), nil, nil)
        case .tokens(let settings):
            let checked = TokenAuthentication(settings, eventLoop: eventLoop, log: log)
            (authentication, tokens, resource) = (checked, checked, settings.resource)
        }
    }

    /// Fetches what is needed to know callers, so that the first of them does not wait for it.
    func start() { tokens?.start() }

    func close() { tokens?.close() }

    /// Whether a request may come in, as far as its `Host` and its `Origin` go. Otherwise it was answered.
    func opens(for exchange: HTTPExchange) -> Bool {
        let head = exchange.head
        guard acceptsHost(head.headers) else {
            exchange.refuse(.door(.hostNotAllowed))
            return false
        }
        guard let origin = head.headers.value("origin") else { return true }
        guard origins.accepts(origin) else {
            exchange.refuse(.originNotAllowed(origin))
            return false
        }
        guard !CrossOrigin.isPreflight(head) else {
            exchange.discardBody()
            exchange.respond(.noContent, CrossOrigin.preflightFields(for: head.headers, origin: origin))
            return false
        }
        exchange.standingFields = CrossOrigin.fields(for: origin)
        return true
    }

    private func acceptsHost(_ headers: HTTPHeaders) -> Bool {
        // A client and a balancer say the same in every request; one with two of them was refused when it was read.
        if let acceptedHost, headers.value("host") == acceptedHost { return true }
        let given = headers["host"]
        guard hosts.accepts(given) else { return false }
        acceptedHost = given.first
        return true
    }

    /// Counts a request. Where its caller has had too many, the refusal.
    func rateRefusal(_ visit: Visit) -> DoorRefusal? {
        guard limiter != nil, let wait = limiter?.take(rateKey(visit), now: .now()) else { return nil }
        return .rateExceeded(seconds: Int((wait.nanoseconds + 999_999_999) / 1_000_000_000))
    }

    private func rateKey(_ visit: Visit) -> RateKey {
        guard visit.caller == .anybody else { return .caller(visit.caller.principal) }
        let exchange = visit.exchange
        if trustsForwarded {
            // Only the last entry is the balancer's own word; the client may have written the others.
            guard let last = exchange.head.headers[canonicalForm: "x-forwarded-for"].last else { return .others }
            return RateKey(try? SocketAddress(ipAddress: String(last), port: 0))  // not an address: nobody's
        }
        return RateKey(exchange.remoteAddress)
    }
}
