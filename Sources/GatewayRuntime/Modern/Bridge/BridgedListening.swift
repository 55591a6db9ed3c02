import HTTPTransport
import MCPWire
import NIOCore
import NIOHTTP1

/// The `subscriptions/listen` streams of a server of an older revision (MCP 2026-07-28, patterns/subscriptions).
///
/// One process watches for all of them: it is subscribed to the resources that any stream named. Changes that another
/// process tells of, here or on another replica, are told as well.
final class BridgedListening {
    /// Streams at a time.
    static let mostStreams = 1024
    /// Changes that peers are told of at a time, every 50 ms; equal ones are one. And bytes of each.
    private static let mostChanges = 100
    private static let longestChange = 4096

    private struct Listener {
        let id: MessageID
        let filter: SubscriptionFilter
        let stream: EventStream
    }

    weak var pool: WarmPool?
    private unowned let gateway: Gateway
    private var listeners: [ObjectIdentifier: Listener] = [:]
    private var watcher: WarmChild?
    private var isAwaiting = false
    private var subscribed: Set<String> = []
    private var changes: Set<String> = []

    init(_ gateway: Gateway) { self.gateway = gateway }

    func open(_ request: ModernRequest, _ visit: Visit, greeting: LegacyGreeting) {
        guard listeners.count < Self.mostStreams else { return visit.exchange.refuse(.serversBusy, to: request.id) }
        let exchange = visit.exchange
        let listener = Listener(
            id: request.id,
            filter: Self.honoured(request.filter, by: greeting),
            stream: EventStream(on: exchange)
        )
        listeners[ObjectIdentifier(exchange)] = listener
        exchange.onDisconnect = { [weak self] in self?.close(ObjectIdentifier(exchange)) }
        let acknowledged = #""method":"notifications/subscriptions/acknowledged""#
        let params = #"{"notifications":\#(listener.filter.json),"_meta":{\#(SubscriptionFilter.tag(listener.id))}}"#
        listener.stream.send(ByteBuffer(string: #"{"jsonrpc":"2.0",\#(acknowledged),"params":\#(params)}"#))
        watch()
    }

    /// A notification that a process sent, whatever it was at work on.
    func heard(_ message: ScannedMessage) {
        tell(message)
        let change = Base64URL.encode(Array(message.bytes.readableBytesView))
        guard change.utf8.count <= Self.longestChange, changes.count < Self.mostChanges else { return }
        if changes.isEmpty { gateway.later(.milliseconds(50)) { [weak self] in self?.announceChanges() } }
        changes.insert(change)
    }

    /// A notification that a process of another replica sent, in base64url.
    func heard(_ change: String) {
        guard let bytes = Base64URL.decode(change) else { return }
        do throws(MessageScanner.Refusal) {
            tell(try ScannedMessage(scanning: ByteBuffer(bytes: bytes)))
        } catch {
            // A peer of another version may know messages that this one does not.
        }
    }

    private func announceChanges() {
        gateway.announce(changes: changes)
        changes = []
    }

    private func tell(_ message: ScannedMessage) {
        let text = message.bytes
        let params = JSONObject(in: text)?.object("params", in: text)
        let uri = params?.string("uri", in: text)
        for listener in listeners.values where listener.filter.carries(message.envelope.method.name, uri: uri) {
            listener.stream.send(Self.tagged(text, for: listener.id))
        }
    }

    func keepAlive(after interval: TimeAmount, now: NIODeadline) {
        for listener in listeners.values { listener.stream.keepAlive(after: interval, now: now) }
    }

    /// Ends every stream with its result, as a server does that shuts down.
    func end() {
        for listener in listeners.values {
            listener.stream.send(SubscriptionFilter.ending(of: listener.id))
            listener.stream.finish()
        }
        listeners = [:]
        watch()
    }

    private func close(_ listener: ObjectIdentifier) {
        listeners[listener] = nil
        watch()
    }

    private static func honoured(_ filter: SubscriptionFilter?, by greeting: LegacyGreeting) -> SubscriptionFilter {
        guard let filter else { return SubscriptionFilter(lists: [], resources: []) }
        return SubscriptionFilter(
            lists: filter.lists.filter { greeting.offers($0, "listChanged") },
            resources: greeting.offers("resources", "subscribe") ? filter.resources : []
        )
    }

    private static func tagged(_ text: ByteBuffer, for id: MessageID) -> ByteBuffer {
        guard let whole = JSONObject(in: text) else { return text }
        var edit = JSONEdit()
        if let params = whole.object("params", in: text) {
            if let meta = params.object("_meta", in: text) {
                if let range = meta[ModernRequest.MetaKey.subscriptionID] {
                    edit.replace(range, with: id.json.utf8)
                } else {
                    edit.insert(SubscriptionFilter.tag(id), into: meta)
                }
            } else if params["_meta"] == nil {
                edit.insert(#""_meta":{\#(SubscriptionFilter.tag(id))}"#, into: params)
            }
        } else if whole["params"] == nil {
            edit.insert(#""params":{"_meta":{\#(SubscriptionFilter.tag(id))}}"#, into: whole)
        }
        return edit.applied(to: text)
    }
}

/// The process that watches.
extension BridgedListening: WarmChildUser {
    /// Makes the watching process be there, and be subscribed, as the streams want it.
    private func watch() {
        let wanted = Set(listeners.values.flatMap(\.filter.resources))
        guard !listeners.isEmpty else {
            if isAwaiting { pool?.forget(self) }
            isAwaiting = false
            // It may still be subscribed: nobody else can use it.
            if let watcher { pool?.discard(watcher) }
            watcher = nil
            subscribed = []
            return
        }
        guard let watcher else {
            if !isAwaiting { pool?.lend(to: self, for: WarmClient(caller: .anybody, capabilities: "{}")) }
            return isAwaiting = true
        }
        for uri in wanted.subtracting(subscribed) { tell(watcher, "resources/subscribe", uri) }
        for uri in subscribed.subtracting(wanted) { tell(watcher, "resources/unsubscribe", uri) }
        subscribed = wanted
    }

    private func tell(_ watcher: WarmChild, _ method: String, _ uri: String) {
        let params = #"{"uri":\#(JSONText.quoted(uri))}"#
        let line = #"{"jsonrpc":"2.0","id":"slipway-watch","method":"\#(method)","params":\#(params)}"#
        watcher.send(ByteBuffer(string: line + "\n"))
    }

    func served(by child: WarmChild) {
        isAwaiting = false
        watcher = child
        watch()
    }

    func notServed(_ refusal: Refusal) { lost() }

    func serverSent(_ message: ScannedMessage) {
        if message.envelope.kind == .notification { return heard(message) }
        guard message.envelope.kind == .request, let id = message.envelope.id else { return }
        let error = JSONRPCError(code: JSONRPCError.methodNotFound, message: "No client can be asked here.")
        var line = error.response(to: id)
        line.writeStaticString("\n")
        watcher?.send(line)
    }

    func serverEnded(_ reason: String) { lost() }

    private func lost() {
        isAwaiting = false
        watcher = nil
        subscribed = []
        gateway.later(.seconds(1)) { [weak self] in self?.watch() }
    }
}
