import Foundation
import Subprocess
import Testing

/// The built program fetches prices over HTTP from a server on this machine that has AWS's paths.
@Suite struct PriceListTests {
    private struct Answer: Decodable {
        let asked: [String]
        let code: Int
        let out: String
        let err: String
        let kept: String?
    }

    @Test func `cost --refresh asks AWS's paths, and keeps what it was told`() async throws {
        let answer: Answer = try await Python.run("price_list.py", [BuiltPrograms.slipway])
        #expect(answer.code == 0, "\(answer.err)")
        #expect(answer.asked.contains("/offers/v1.0/aws/AmazonECS/current/ap-southeast-1/index.json"))
        #expect(answer.asked.contains("/fargate-spot-prices.json") && answer.asked.count == 8)
        #expect(answer.out.contains("Fargate vCPU                       0.05056"))
        #expect(answer.kept?.contains("ap-southeast-1") == true)
    }

    @Test func `an answer without end is given up`() async throws {
        let answer: Answer = try await Python.run("price_list.py", [BuiltPrograms.slipway, "--flood"])
        #expect(answer.code == 1 && answer.kept == nil)
        #expect(answer.err.contains("it is larger than 67108864 bytes"))
    }
}
