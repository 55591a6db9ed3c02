import HTTPTransport
import NIOCore
import NIOHTTP1
import Testing

@testable import LocalFleet

@Suite(.timeLimit(.minutes(3)), .serialized) struct `The balancer` {
    @Test func `deals requests round robin to the replicas that are healthy`() async throws {
        try await BalancedFleet.run { fleet in
            try await fleet.becomeComplete()
            var answers: [String] = []
            for number in 1...6 { answers.append(try await fleet.call(body: "\(number)").body) }
            #expect(answers.map { $0.suffix(1) } == ["1", "2", "3", "4", "5", "6"])
            let turns = answers.compactMap(\.first)
            #expect(turns == ["a", "b", "a", "b", "a", "b"] || turns == ["b", "a", "b", "a", "b", "a"])
        }
    }

    @Test func `takes out a replica that says it is not healthy, and back in when it is`() async throws {
        try await BalancedFleet.run { fleet in
            try await fleet.becomeComplete()
            try await fleet.replicas[0].become(.serviceUnavailable)
            for _ in 1...4 { #expect(try await fleet.call(body: "x").body == "b:x") }
            try await fleet.replicas[0].become(.ok)
            let answers = [try await fleet.call().body, try await fleet.call().body]
            #expect(answers.sorted() == ["a:", "b:"])
        }
    }

    @Test func `says 503 where no replica is healthy`() async throws {
        try await BalancedFleet.run { fleet in
            try await fleet.becomeComplete()
            for replica in fleet.replicas { try await replica.become(.serviceUnavailable) }
            let answer = try await fleet.call(body: "x")
            #expect(answer.status == 503)
            #expect(answer.body == "Balancer: no replica is healthy.\n")
        }
    }

    @Test func `sends a request on to the next replica where one can't be reached, its body whole`() async throws {
        try await BalancedFleet.run { fleet in
            try await fleet.becomeComplete()
            let body = String(repeating: "0123456789", count: 50_000)
            #expect(try await fleet.call(body: body).status == 200)
            try await fleet.replicas[0].close()
            try await fleet.settle()
            for _ in 1...4 {
                let answer = try await fleet.call(body: body)
                #expect(answer.status == 200, "\(answer.body.prefix(80))")
                #expect(answer.body == "b:\(body)")
            }
        }
    }

    @Test func `says 502 where a replica ends before it answered, and tries no other`() async throws {
        try await BalancedFleet.run { fleet in
            try await fleet.becomeComplete()
            let answer = try await fleet.call("/break")
            #expect(answer.status == 502)
            #expect(answer.body == "Balancer: the replica ended before it answered.\n")
        }
    }

    @Test func `says 503 once it has found every replica gone`() async throws {
        try await BalancedFleet.run { fleet in
            try await fleet.becomeComplete()
            for replica in fleet.replicas { try await replica.close() }
            var answer = try await fleet.call()
            for _ in 1...3 where answer.status != 503 { answer = try await fleet.call() }
            #expect(answer.status == 503)
        }
    }
}
