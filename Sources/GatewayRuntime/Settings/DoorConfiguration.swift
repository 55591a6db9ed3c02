/// Who may come in, and how often.
package struct DoorConfiguration: Sendable {
    /// How callers sign in.
    enum SignIn: Sendable {
        case nobody
        case keys(NamedKeys)
        case tokens(TokenSettings)
    }

    var signIn = SignIn.nobody
    /// Names under which the gateway may be called.
    var allowedHosts: [String] = []
    /// For each caller; `nil`: as often as they like.
    var rate: Rate?
    /// Whether the last entry of `X-Forwarded-For` is the client's address, written by a balancer in front.
    var trustsForwarded = false
}
