import ArgumentParser
import HTTPTransport
import Logging
import NIOCore
import Testing

@testable import GatewayRuntime

@Suite struct `The gateway's settings` {
    private static let key = String(repeating: "k", count: 32)

    private func read(_ flags: [String], _ environment: [String: String] = [:]) throws -> GatewayConfiguration {
        let command = try GatewayCommand.parse(flags + ["--", "python3", "-m", "server"])
        return try GatewaySettings(environment: environment).configuration(from: command)
    }

    private func words(_ flags: [String], _ environment: [String: String] = [:]) throws -> String {
        let error = #expect(throws: ValidationError.self) { try read(flags, environment) }
        return try #require(error).message
    }

    @Test func `name the other replicas, by a list or by DNS, only where there is a key`() throws {
        let keyed = ["SLIPWAY_FLEET_KEY": Self.key]
        let listed = try read(["--peers", "a:1,b:2", "--peers", "c:3"], keyed)
        #expect(listed.peers.map(\.description) == ["a:1", "b:2", "c:3"])
        let variable = keyed.merging(["SLIPWAY_PEERS": "a:1, b:2"]) { $1 }
        #expect(try read([], variable).peers.map(\.description) == ["a:1", "b:2"])
        #expect(try read(["--peers-dns", "fleet.local:8001"], keyed).peerService == HTTPTarget("fleet.local:8001"))
        #expect(try words(["--peers", "a:1"]).contains("SLIPWAY_FLEET_KEY"))
        #expect(try words(["--peers-dns", "a:1"]).contains("SLIPWAY_FLEET_KEY"))
        #expect(try words(["--peers", "nonsense"], keyed).hasPrefix("--peers is host:port"))
    }

    @Test func `name a server that speaks HTTP itself, with a command or without`() throws {
        let own = try read(["--upstream", "http://127.0.0.1:9000/mcp"])
        #expect(own.upstream?.address == UpstreamAddress("http://127.0.0.1:9000/mcp") && !own.command.isEmpty)
        let alone = try GatewaySettings(environment: [
            "SLIPWAY_UPSTREAM": "http://localhost/", "SLIPWAY_UPSTREAM_AUTHORIZATION": "Bearer own",
        ]).configuration(from: try GatewayCommand.parse([]))
        #expect(alone.command == [] && alone.upstream?.credential?.field == "Bearer own")
        #expect(try words(["--upstream", "ftp://a"]).hasPrefix("--upstream is an http address"))
        #expect(try words([], ["SLIPWAY_UPSTREAM_AUTHORIZATION": "x"]).contains("--upstream"))
    }

    @Test func `refuse every address as a replica's name`() throws {
        let keyed = ["SLIPWAY_FLEET_KEY": Self.key]
        #expect(try words(["--host", "0.0.0.0"], keyed).contains("--advertise"))
        #expect(try read(["--host", "0.0.0.0", "--advertise", "10.0.0.1:8001"], keyed).host == "0.0.0.0")
        #expect(try read(["--host", "0.0.0.0"]).host == "0.0.0.0")
    }

    @Test func `have defaults`() throws {
        let all = try read([])
        #expect(all.host == "127.0.0.1" && all.port == 8001 && all.path == "/mcp")
        #expect(all.advertised == nil && all.allowedOrigins == [] && !all.exitsWithParent)
        #expect(all.messageLimit == 16_777_216 && all.sessionLimit == 1000)
        #expect(all.idleTime == .seconds(1800) && all.drainTime == .seconds(25))
        #expect(all.command == ["python3", "-m", "server"])
    }

    @Test func `are taken from the environment`() throws {
        let all = try read(
            [],
            [
                "SLIPWAY_HOST": "0.0.0.0", "SLIPWAY_PORT": "1", "SLIPWAY_PATH": "/a", "SLIPWAY_ADVERTISE": "b:2",
                "SLIPWAY_ALLOW_ORIGIN": "https://c, https://d", "SLIPWAY_MAX_MESSAGE": "2048",
                "SLIPWAY_MAX_SESSIONS": "3", "SLIPWAY_IDLE": "4", "SLIPWAY_DRAIN": "5",
            ]
        )
        #expect(all.host == "0.0.0.0" && all.port == 1 && all.path == "/a" && all.advertised == HTTPTarget("b:2"))
        #expect(all.allowedOrigins == ["https://c", "https://d"])
        #expect(all.messageLimit == 2048 && all.sessionLimit == 3)
        #expect(all.idleTime == .seconds(4) && all.drainTime == .seconds(5))
        #expect(all.environment["SLIPWAY_HOST"] == "0.0.0.0")
    }

    @Test func `are taken from flags before the environment`() throws {
        let environment = [
            "SLIPWAY_HOST": "h", "SLIPWAY_PORT": "nonsense", "SLIPWAY_PATH": "nonsense",
            "SLIPWAY_ADVERTISE": "nonsense",
            "SLIPWAY_MAX_MESSAGE": "x", "SLIPWAY_MAX_SESSIONS": "x", "SLIPWAY_IDLE": "x", "SLIPWAY_DRAIN": "x",
        ]
        let flags = [
            "--host", "::1", "--port", "0", "--path", "/p", "--advertise", "[::1]:1", "--max-message", "1024",
            "--max-sessions", "1", "--idle", "86400", "--drain", "0", "--exit-with-parent",
            "--allow-origin", "https://a", "--allow-origin", "https://b",
        ]
        let all = try read(flags, environment)
        #expect(all.host == "::1" && all.port == 0 && all.path == "/p" && all.advertised == HTTPTarget("[::1]:1"))
        #expect(all.messageLimit == 1024 && all.sessionLimit == 1 && all.exitsWithParent)
        #expect(all.idleTime == .seconds(86_400) && all.drainTime == .zero)
        #expect(all.allowedOrigins == ["https://a", "https://b"])
    }

    @Test(arguments: [
        ("--port", "SLIPWAY_PORT", "65536", "a number from 0 to 65535"),
        ("--max-message", "SLIPWAY_MAX_MESSAGE", "1023", "a number from 1024 to 1073741824"),
        ("--max-sessions", "SLIPWAY_MAX_SESSIONS", "0", "a number from 1 to 1000000"),
        ("--idle", "SLIPWAY_IDLE", "0", "a number from 1 to 86400"),
        ("--drain", "SLIPWAY_DRAIN", "3601", "a number from 0 to 3600"),
    ])
    func `name a number that is out of range, and where it stands`(
        flag: String,
        variable: String,
        number: String,
        range: String
    ) throws {
        #expect(try words([flag, number]) == "\(flag) is \(range), not '\(number)'.")
        #expect(try words([], [variable: number]) == "\(variable) is \(range), not '\(number)'.")
        #expect(try words([], [variable: "many"]) == "\(variable) is \(range), not 'many'.")
    }

    @Test func `name a bad flag`() throws {
        #expect(try words(["--path", "mcp"]).contains("--path"))
        #expect(try words(["--advertise", "here"]) == "--advertise is host:port, as in 10.0.1.5:8001, not 'here'.")
        let settings = GatewaySettings(environment: [:])
        let format = #expect(throws: ValidationError.self) { try settings.logFormat("xml") }
        #expect(format?.message == "--log-format is json or text, not 'xml'.")
        let level = #expect(throws: ValidationError.self) { try settings.logLevel("loud") }
        #expect(level?.message.hasPrefix("--log-level is one of trace, debug, info") == true)
    }

    @Test func `ask for the server's command where there is none`() throws {
        let command = try GatewayCommand.parse([])
        let error = #expect(throws: ValidationError.self) {
            try GatewaySettings(environment: [:]).configuration(from: command)
        }
        #expect(error?.message.contains("after --") == true)
    }

    @Test func `say how lines are logged`() throws {
        let settings = GatewaySettings(environment: ["SLIPWAY_LOG_FORMAT": "text", "SLIPWAY_LOG_LEVEL": "debug"])
        #expect(try settings.logFormat(nil) == .text)
        #expect(try settings.logFormat("json") == .json)
        #expect(try settings.logLevel(nil) == .debug)
        #expect(try settings.logLevel("error") == .error)
        #expect(try GatewaySettings(environment: [:]).logFormat(nil) == .json)
        #expect(try GatewaySettings(environment: [:]).logLevel(nil) == .info)
    }

    @Test(arguments: ["", " , ", "\n"]) func `have no key where none is written`(text: String) throws {
        let environment = ["SLIPWAY_FLEET_KEY": text]
        #expect(GatewaySettings(environment: environment).hasNoKey)
        _ = try read([], environment)
    }

    @Test func `hold several keys, and refuse a short one without quoting it`() throws {
        let environment = ["SLIPWAY_FLEET_KEY": "\(Self.key), \(Self.key)x\n"]
        #expect(!GatewaySettings(environment: environment).hasNoKey)
        _ = try read([], environment)
        for keys in ["hunter2", "\(Self.key),hunter2", String(Self.key.dropLast())] {
            let message = try words([], ["SLIPWAY_FLEET_KEY": keys])
            #expect(message.hasPrefix("SLIPWAY_FLEET_KEY: every key has at least 32 characters"))
            #expect(!message.contains("hunter2") && !message.contains("kkkk"))
        }
    }
}
