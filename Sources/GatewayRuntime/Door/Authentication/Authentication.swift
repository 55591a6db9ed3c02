import NIOHTTP1

/// A way to find out who asks. Confined to the gateway's event loop.
protocol Authentication: AnyObject {
    /// Calls `answer` once, on the spot where that is possible.
    func identify(_ headers: HTTPHeaders, _ answer: @escaping (Result<Caller, DoorRefusal>) -> Void)
}
