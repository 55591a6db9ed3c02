import MCPWire

/// Metrics as lines of the log that CloudWatch reads by itself (CloudWatch Logs, embedded metric format
/// specification). Every line holds what happened since the one before.
///
/// The service is the only dimension: every other value of a dimension would be a metric of its own, and paid for.
struct EmbeddedMetrics {
    static let namespace = "Slipway"
    /// The specification's bound on the values of one metric.
    static let mostValues = 100

    private let service: String
    private var last = MetricTotals()

    init(service: String) { self.service = service }

    private struct Entry {
        let name: String
        let unit: String
        let value: String

        init(_ name: String, _ value: Int, _ unit: String = "Count") {
            (self.name, self.unit, self.value) = (name, unit, "\(value)")
        }

        init(_ name: String, _ value: Double, _ unit: String) {
            (self.name, self.unit, self.value) = (name, unit, PrometheusText.number(value))
        }

        init(_ name: String, _ values: [Double], _ unit: String) {
            let list = values.map(PrometheusText.number).joined(separator: ",")
            (self.name, self.unit, self.value) = (name, unit, "[\(list)]")
        }
    }

    /// One line, its break included.
    /// - Parameters:
    ///   - milliseconds: since 1970.
    ///   - replica: a field of the line that is no dimension, for whoever searches the log.
    mutating func line(_ now: MetricTotals, milliseconds: UInt64, replica: String) -> String {
        let entries = entries(now)
        last = now
        let definitions = entries.map { #"{"Name":"\#($0.name)","Unit":"\#($0.unit)"}"# }.joined(separator: ",")
        let values = entries.map { #","\#($0.name)":\#($0.value)"# }.joined()
        let directive =
            #"{"Namespace":"\#(Self.namespace)","Dimensions":[["Service"]],"Metrics":[\#(definitions)]}"#
        return #"{"_aws":{"Timestamp":\#(milliseconds),"CloudWatchMetrics":[\#(directive)]},"#
            + #""Service":\#(JSONText.quoted(service)),"replica":\#(JSONText.quoted(replica))\#(values)}"# + "\n"
    }

    private func entries(_ now: MetricTotals) -> [Entry] {
        var entries = [
            Entry("Sessions", now.sessions),
            Entry("Children", now.children),
            Entry("OpenStreams", now.openStreams),
            Entry("Calls", now.calls - last.calls),
            Entry("Errors", now.errors - last.errors),
            Entry("ToolErrors", now.toolErrors - last.toolErrors),
            Entry("Refused", now.refused - last.refused),
            Entry("Forwarded", now.forwarded - last.forwarded),
            Entry("Received", now.received - last.received),
            Entry("Resumed", now.resumed - last.resumed),
            Entry("HandedOver", now.handedOver - last.handedOver),
            Entry("ServerStarts", now.starts.started - last.starts.started),
            Entry("ServerRestarts", now.starts.restarted - last.starts.restarted),
            Entry("ServerStartFailures", now.starts.failed - last.starts.failed),
            Entry("ServerCrashes", now.starts.crashed - last.starts.crashed),
            Entry("BytesIn", now.receivedBytes - last.receivedBytes, "Bytes"),
            Entry("BytesOut", now.sentBytes - last.sentBytes, "Bytes"),
            Entry("Memory", now.residentBytes, "Bytes"),
            Entry("EventLoopLag", now.lagInSeconds * 1000, "Milliseconds"),
        ]
        let latency = now.latency.since(last.latency).samples(most: Self.mostValues).map { $0 * 1000 }
        // A metric without a value is none.
        if !latency.isEmpty { entries.append(Entry("Latency", latency, "Milliseconds")) }
        return entries
    }
}
