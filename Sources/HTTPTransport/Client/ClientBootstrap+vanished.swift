import NIOCore
import NIOPosix

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension ClientBootstrap {
    /// A host that vanishes (a task's network interface is deleted with it) never says goodbye. TCP would wait for a
    /// quarter of an hour; with these options (tcp(7)) a connection breaks after ten seconds without a sign.
    func noticingVanishedHosts() -> ClientBootstrap {
        let bootstrap = channelOption(.socketOption(.so_keepalive), value: 1)
        #if os(Linux)
        let seconds: [(option: CInt, value: Int)] = [(TCP_KEEPIDLE, 4), (TCP_KEEPINTVL, 2), (TCP_KEEPCNT, 3)]
        return seconds.reduce(bootstrap) { $0.channelOption(.tcpOption(.init(rawValue: $1.option)), value: $1.value) }
            .channelOption(.tcpOption(.init(rawValue: TCP_USER_TIMEOUT)), value: 10_000)
        #else
        return bootstrap
        #endif
    }
}
