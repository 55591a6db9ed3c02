import FleetModel
import Foundation
import Testing

@testable import AWSOperations

@Suite struct TaskDefinitionTests {
    private let described = """
        {"taskDefinitionArn": "arn:aws:ecs:r:1:task-definition/my-task:7", "family": "my-task", "revision": 7,
         "status": "ACTIVE", "registeredAt": 1.5, "registeredBy": "me", "compatibilities": ["EC2"],
         "requiresAttributes": [{"name": "x"}], "cpu": "1024", "proxyConfiguration": null, "volumes": [],
         "ephemeralStorage": {"sizeInGiB": 30}, "aFieldOfTomorrow": {"ratio": 0.25, "big": 9007199254740993},
         "containerDefinitions": [
           {"name": "server", "image": "old", "essential": true, "stopTimeout": 120, "environment": []},
           {"name": "gateway", "image": "gw", "essential": false}]}
        """

    private func definition() throws -> TaskDefinition {
        let value = try JSONDecoder().decode(JSONValue.self, from: Data(described.utf8))
        let tags = #"[{"key": "Project", "value": "x"}, {"key": "aws:cloudformation:stack-id", "value": "y"}]"#
        return try #require(
            TaskDefinition(value, tags: try JSONDecoder().decode([JSONValue].self, from: Data(tags.utf8))))
    }

    @Test func `a new revision differs in one image, and says nothing that AWS does not take`() throws {
        let registration = try definition().with(image: "new", in: "server").registration
        let expected = """
            {"family": "my-task", "cpu": "1024", "volumes": [], "ephemeralStorage": {"sizeInGiB": 30},
             "aFieldOfTomorrow": {"ratio": 0.25, "big": 9007199254740993},
             "tags": [{"key": "Project", "value": "x"}],
             "containerDefinitions": [
               {"name": "server", "image": "new", "essential": true, "stopTimeout": 120, "environment": []},
               {"name": "gateway", "image": "gw", "essential": false}]}
            """
        #expect(registration == (try JSONDecoder().decode(JSONValue.self, from: Data(expected.utf8))))
        let sent = String(decoding: try JSONEncoder().encode(registration), as: UTF8.self)
        #expect(sent.contains("9007199254740993") && sent.contains("\"essential\":true"))
    }

    @Test func `it is told by family and revision, and its images by container`() throws {
        let definition = try definition()
        #expect(definition.name == "my-task:7" && definition.isActive)
        #expect(definition.image(of: "server") == "old" && definition.image(of: "gateway") == "gw")
        #expect(definition.image(of: "other") == nil && definition.containerNames == ["server", "gateway"])
    }

    private func previous(_ active: [String], _ retired: [String]) async throws(Problem) -> (String?, FakeWorld) {
        func listed(_ arns: [String]) -> String {
            let quoted = arns.map { #""arn:x:task-definition/\#($0)""# }.joined(separator: ", ")
            return #"{"taskDefinitionArns": [\#(quoted)]}"#
        }
        let older = #"{"taskDefinition": {"family": "my-task", "revision": 5, "status": "INACTIVE"}}"#
        let world = FakeWorld([
            FakeWorld.answer(200, listed(active)), FakeWorld.answer(200, active.count > 1 ? older : listed(retired)),
            FakeWorld.answer(200, older),
        ])
        let client = AWSClient(
            region: "r", credentials: Credentials(accessKeyID: "A", secretAccessKey: Secret("b")), world.surroundings)
        let definition: TaskDefinition
        do { definition = try self.definition() } catch { return (nil, world) }
        return (try await TaskDefinitionShelf(client).previous(to: definition)?.name, world)
    }

    @Test func `the revision before is the youngest of the same family that is not retired`() async throws {
        let (found, world) = try await previous(
            ["my-task:9", "my-task:7", "my-task:5", "my-task:4", "my-task-2:6"], [])
        #expect(found == "my-task:5")
        #expect(String(decoding: world.requests[1].body, as: UTF8.self).contains(#""taskDefinition":"my-task:5""#))
    }

    @Test func `else the youngest that is, else none`() async throws {
        let (found, world) = try await previous(["my-task:7"], ["my-task:5", "my-task:3"])
        #expect(found == "my-task:5")
        #expect(String(decoding: world.requests[2].body, as: UTF8.self).contains(#""taskDefinition":"my-task:5""#))
        #expect(try await previous(["my-task:7"], ["my-task:8"]).0 == nil)
    }
}
