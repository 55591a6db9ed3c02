import FleetModel

/// Reads one region's log group. Changes nothing.
package struct LogReader: Sendable {
    /// Pages of one reading, each of up to 10,000 lines.
    static let mostPages = 500

    private let client: AWSClient
    private let group: String

    package init(_ client: AWSClient, group: String) {
        self.client = client
        self.group = group
    }

    /// The newest lines of a query. CloudWatch tells them from the oldest on, so all of them are read and few are kept.
    package func newest(of query: LogQuery) async throws(Problem) -> LogExcerpt {
        var excerpt = LogExcerpt()
        var token: String?
        var pages = 0
        repeat {
            let page = try await page(query, after: token)
            excerpt.events += page.events.map { event in
                LogEvent(
                    region: client.region, time: event.timestamp, stream: event.logStreamName,
                    message: event.message, id: event.id
                )
            }
            // Not at every page, so that a long log is not sorted again and again.
            if excerpt.events.count > query.limit + 20_000 { excerpt.keepNewest(query.limit) }
            token = page.nextToken
            pages += 1
        } while token != nil && pages < Self.mostPages
        excerpt.keepNewest(query.limit)
        excerpt.isCut = token != nil
        return excerpt
    }

    private func page(_ query: LogQuery, after token: String?) async throws(Problem) -> Answer {
        do {
            return try await client.call(
                .logs, "FilterLogEvents",
                Request(
                    logGroupName: group, startTime: query.since, endTime: query.until,
                    filterPattern: query.pattern, nextToken: token
                )
            )
        } catch  where error.kind == .notFound {
            throw Problem(
                .notFound, at: .region(client.region), "there is no log group \(group)",
                detail: "Terraform makes it when the region is applied.", hint: "apply the region first"
            )
        }
    }

    private struct Request: Encodable {
        let logGroupName: String
        let startTime: Int
        let endTime: Int?
        let filterPattern: String?
        let nextToken: String?
        let limit = 10_000
    }

    private struct Answer: Decodable {
        let events: [Event]
        let nextToken: String?
    }

    private struct Event: Decodable {
        let logStreamName: String
        let timestamp: Int
        let message: String
        /// Emulators leave it out.
        let eventId: String?

        var id: String { eventId ?? "\(logStreamName) \(timestamp) \(message)" }
    }
}

extension LogExcerpt {
    /// Sorts the lines by time and drops the oldest beyond the limit.
    fileprivate mutating func keepNewest(_ limit: Int) {
        events = events.enumerated()
            .sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
        leftOut += max(0, events.count - limit)
        events = events.suffix(limit)
    }
}
