/// Whom a request comes from, as far as the gateway was asked to find out. Sessions are bound to it.
struct Caller: Equatable {
    /// A digest of the authenticated principal; empty where nobody signs in.
    let principal: [UInt8]

    /// Where nobody is asked who they are.
    static let anybody = Caller(principal: [])
}
