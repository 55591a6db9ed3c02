import FleetModel
import Testing

@testable import OperatorCommands

@Suite struct FleetEffectsTests {
    private func effects(_ files: [String: String]) -> Effects {
        var effects = Effects.refusing
        effects.files.read = { files[$0] }
        effects.currentDirectory = { "/srv" }
        return effects
    }

    @Test(arguments: [
        ("slipway.yaml", "/srv/slipway.env"), ("sub/a.yaml", "/srv/sub/slipway.env"),
        ("/abs/a.yaml", "/abs/slipway.env"),
        ("/a.yaml", "/slipway.env"),
    ])
    func `secrets lie beside the fleet file`(_ file: String, _ path: String) throws {
        let secrets = try effects([path: "KEY=value"]).secrets(besides: file)
        #expect(secrets["KEY"]?.reveal() == "value")
    }

    @Test func `a run without a file of secrets has none`() throws {
        #expect(try effects([:]).secrets(besides: "slipway.yaml").isEmpty)
    }

    @Test func `a fleet is read from its file, or refused with every problem`() throws {
        let text = "project_name: a\nserver: { command: [x] }\nregions: { eu-west-1: {} }\n"
        #expect(try effects(["/srv/a.yaml": text]).fleet(in: "a.yaml").projectName == "a")
        #expect(throws: Problems.self) { try effects(["/srv/a.yaml": "a: 1\n"]).fleet(in: "a.yaml") }
    }
}
