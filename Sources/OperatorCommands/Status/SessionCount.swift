import AWSOperations
import FleetModel

/// How many sessions the gateways of a region serve, by their own word.
///
/// Each replica knows its own, and the balancer deals requests out in turn: so it is asked twice as often as there are
/// tasks, and the answers are joined by replica.
struct SessionCount: Sendable {
    private static let most = 32

    private struct Health: Decodable {
        let replica: String
        let sessions: Int
    }

    /// nil where not every replica could be heard.
    static func count(_ status: RegionStatus, _ region: Region, _ fleet: Fleet, _ web: WebClient) async -> Int? {
        guard let url = status.url, let balancer = status.balancer, (1...most / 2).contains(status.running) else {
            return nil
        }
        let request = WebRequest(
            url: url + region.loadBalancer.healthCheckPath, limit: 65536, timeout: .seconds(3), allowsPlainHTTP: true,
            connectTo: balancer
        )
        let heard = await withTaskGroup(of: Health?.self) { tasks in
            for _ in 0..<2 * status.running { tasks.addTask { await health(web.send(request)) } }
            return await tasks.reduce(into: [String: Int]()) { counts, health in
                if let health { counts[health.replica] = health.sessions }
            }
        }
        return heard.count == status.running ? heard.values.reduce(0, +) : nil
    }

    /// A server without our gateway says something else.
    private static func health(_ outcome: Result<WebResponse, WebFailure>) -> Health? {
        guard case .success(let response) = outcome else { return nil }
        return Health(json: response.body)
    }
}
