import HTTPTransport
import NIOCore

/// What a gateway is told of being observed.
package struct Observation: Sendable {
    /// Where `/metrics` listens; `nil`: nowhere. Port 0 takes a free one.
    package var metrics: HTTPTarget?
    /// How often a line of embedded metrics is written; `nil`: never.
    package var emfInterval: TimeAmount?
    /// The service in the embedded metrics.
    package var service = "slipway"
    /// How the request log looks; `nil`: there is none.
    package var requestLog: LogFormat?
    /// How long the server may be broken until the gateway gives up; `nil`: for ever.
    package var unhealthyTime: TimeAmount? = .seconds(60)

    package init() {}
}
