import NIOCore

/// Whose requests are counted together: a caller's, or where nobody signs in, those from one address. Of an IPv6 address
/// the network counts (/64): one machine has as many addresses in it as it likes.
enum RateKey: Hashable, Sendable {
    case caller([UInt8])
    case address([UInt8])
    /// An address that is not known, and everybody for whom there is no room.
    case others

    /// The address stands at the same bytes of a `sockaddr_in` and of a `sockaddr_in6` on every system (ip(7), ipv6(7)).
    init(_ address: SocketAddress?) {
        switch address {
        case .v4(let address):
            self = .address(withUnsafeBytes(of: address.address) { Array($0[4..<8]) })
        case .v6(let address):
            let bytes = withUnsafeBytes(of: address.address) { Array($0[8..<24]) }
            let isV4 = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
            self = .address(Array(isV4 ? bytes.suffix(4) : bytes.prefix(8)))
        case .unixDomainSocket, nil: self = .others
        }
    }
}
