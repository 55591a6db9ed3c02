import HTTPTransport
import MCPWire
import NIOCore
import NIOHTTP1

/// Where a container on ECS asks for its own address (Amazon ECS task metadata endpoint, version 4).
package struct OwnAddress: Sendable, Equatable {
    /// The endpoint did not name an address; the text says what it said instead.
    package struct Unknown: Error, Equatable, CustomStringConvertible {
        package let description: String
    }

    /// Attempts, and the time that each may take. A task's network may not be described yet when its containers start.
    static let attempts = 5
    static let patience: TimeAmount = .seconds(2)
    private static let pause: TimeAmount = .milliseconds(500)
    private static let largestAnswer = 256 * 1024

    let server: HTTPTarget
    let path: String
    /// Reads the endpoint's URL; `nil` where it is none of plain HTTP.
    package init?(metadata: String) {
        guard metadata.hasPrefix("http://") else { return nil }
        let rest = metadata.dropFirst("http://".count)
        let authority = rest.prefix { $0 != "/" }
        guard let server = HTTPTarget(String(authority)) ?? HTTPTarget("\(authority):80") else { return nil }
        let path = rest.dropFirst(authority.count)
        guard path.allSatisfy({ $0.isASCII && !$0.isWhitespace }) else { return nil }
        self.server = server
        self.path = String(path)
    }

    /// Asks the endpoint, a few times where need be.
    func find(over pool: HTTPConnectionPool, on eventLoop: any EventLoop) -> EventLoopFuture<String> {
        let found = eventLoop.makePromise(of: String.self)
        attempt(1, over: pool, on: eventLoop, found)
        return found.futureResult
    }

    private func attempt(
        _ number: Int,
        over pool: HTTPConnectionPool,
        on eventLoop: any EventLoop,
        _ found: EventLoopPromise<String>
    ) {
        // The container is asked first, its task every other time.
        let path = number.isMultiple(of: 2) ? "\(self.path)/task" : self.path
        let uri = path.isEmpty ? "/" : path
        let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: uri, headers: ["host": "\(server)"])
        let timer = eventLoop.assumeIsolated()
        let answer = GatheredAnswer(limit: Self.largestAnswer) { said in
            if case .success(let body) = said, let address = Self.address(in: body) {
                return found.succeed(address)
            }
            guard number < Self.attempts else { return found.fail(self.unknown(said)) }
            timer.scheduleTask(in: Self.pause) {
                self.attempt(number + 1, over: pool, on: eventLoop, found)
            }
        }
        let call = pool.call(head, body: ByteBuffer(), to: server, receiver: answer)
        timer.scheduleTask(in: Self.patience) {
            guard !call.isOver else { return }
            call.cancel()
            answer.finish(.failure(.init(words: "no answer within 2 seconds")))
        }
    }

    private func unknown(_ said: Result<ByteBuffer, GatheredAnswer.Failure>) -> Unknown {
        let words =
            switch said {
            case .success(let body): "it said '\(String(buffer: body).prefix(200))'"
            case .failure(let failure): failure.words
            }
        return Unknown(description: "http://\(server)\(path) did not tell this container's address: \(words)")
    }

    /// The first IPv4 address of the first network in what the endpoint says of a container, or of a task.
    static func address(in body: ByteBuffer) -> String? {
        guard let all = JSONObject(in: body) else { return nil }
        let containers = elements(of: "Containers", of: all, in: body)
        for container in [all] + containers {
            for network in elements(of: "Networks", of: container, in: body) {
                guard let addresses = network["IPv4Addresses"] else { continue }
                if let address = JSONObject.string(at: addresses.lowerBound + 1, in: body),
                    address.split(separator: ".").count == 4, HTTPTarget("\(address):1") != nil
                {
                    return address
                }
            }
        }
        return nil
    }

    private static func elements(of name: String, of object: JSONObject, in body: ByteBuffer) -> [JSONObject] {
        guard let range = object[name] else { return [] }
        guard let list = body.getSlice(at: body.readerIndex + range.lowerBound, length: range.count) else { return [] }
        do throws(MalformedJSON) {
            return try MessageBatch.split(list.readableBytesUInt8Span).compactMap {
                JSONObject(in: body, at: range.lowerBound + $0.lowerBound)
            }
        } catch {
            return []
        }
    }
}
