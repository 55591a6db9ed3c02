import ArgumentParser
import FleetModel

/// A Dockerfile and a .dockerignore to start from: the user's server and the gateway in one image, or the gateway beside
/// a server whose image stays as it is.
///
/// The image runs the fleet file's own command, so that a container does what `slipway up` does, and needs no network to
/// start: whatever `npx` or `uvx` would fetch is in it.
struct ImageRecipe {
    static let dockerfile = "Dockerfile"
    static let ignoreFile = ".dockerignore"

    /// What the server is.
    enum Kind: String, CaseIterable, ExpressibleByArgument {
        case npm, pypi, binary, http
    }

    let kind: Kind
    let server: Server

    /// The text of the Dockerfile.
    func text() throws(Problem) -> String {
        let stages =
            switch (kind, server.transport) {
            case (.http, .http(let url, let command)): command.isEmpty ? beside(url) : inFront(of: command)
            case (.http, .stdio): throw refusal("a stdio server is none that speaks HTTP", hint: "npm, pypi or binary")
            case (.npm, _): try npm()
            case (.pypi, _): try pypi()
            case (.binary, _): try binary()
            }
        return Self.head(kind) + stages
    }

    /// The text of the .dockerignore: no secret of a local run gets into an image, however much of the folder is copied.
    var ignore: String {
        let secrets = ["slipway.env", ".slipway/", ".env", ".env.*"]
        let rest = [".git/", "node_modules/", ".venv/", "**/__pycache__/", Self.dockerfile, Self.ignoreFile]
        return "# What never gets into the image.\n" + (secrets + rest).map { $0 + "\n" }.joined()
    }

    var command: [String] {
        switch server.transport {
        case .stdio(let command), .http(_, let command): command
        }
    }

    func refusal(_ summary: String, hint: String) -> Problem {
        Problem(.usage, "--dockerfile \(kind): \(summary)", detail: "Nothing was written.", hint: "say \(hint)")
    }

    private static func head(_ kind: Kind) -> String {
        """
        # Written once by slipway init --dockerfile \(kind); yours from then on.
        # The gateway's image: make image in Slipway's folder, or the name under which you pushed it:
        #   docker build --build-arg GATEWAY=ghcr.io/my-org/slipway-gateway:0.1.0 .
        ARG GATEWAY=slipway-gateway:latest

        """
    }

    /// The gateway with an address to call: the server's own image stays as it is.
    private func beside(_ url: String) -> String {
        """
        # A gateway of its own beside your server, whose image stays as it is. Push this one and name it as
        # server.gateway_image in slipway.yaml, and your server's as server.image.
        FROM ${GATEWAY}
        ENV SLIPWAY_UPSTREAM=\(quoted(url))

        """
    }

    /// The server's image, and the gateway that starts it.
    private func inFront(of command: [String]) -> String {
        """
        # Your server's own image.
        ARG SERVER=my-server:latest
        FROM ${GATEWAY} AS gateway

        FROM ${SERVER}
        \(ending)
        """
    }

    /// What every image ends with that holds a server and the gateway.
    var ending: String {
        let upstream =
            if case .http(let url, _) = server.transport { " \\\n    SLIPWAY_UPSTREAM=\(quoted(url))" } else { "" }
        return """
            COPY --from=gateway /usr/local/bin/slipway-gateway /usr/local/bin/slipway-gateway
            ENV HOME=/tmp SLIPWAY_HOST=0.0.0.0\(upstream)
            EXPOSE 8001
            # A number, so that a platform can see that it is not root.
            USER 65532:65532
            HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["slipway-gateway", "health"]
            # On AWS the command is the one of slipway.yaml, behind slipway-gateway, with no entrypoint before it.
            ENTRYPOINT []
            CMD \(list(["slipway-gateway", "--"] + command))

            """
    }

    /// Words as a JSON array, as Docker wants those that no shell shall read.
    func list(_ words: [String]) -> String { "[" + words.map { JSONWord.quoted($0) }.joined(separator: ", ") + "]" }

    /// A value of ENV or a path of COPY, taken as it stands.
    func quoted(_ text: String) -> String { JSONWord.quoted(text).replacing("$", with: "\\$") }
}

/// A text as a JSON string, on one line.
private enum JSONWord {
    static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"": "\\\""
            case "\\": "\\\\"
            case "\n": "\\n"
            case "\t": "\\t"
            case "\r": "\\r"
            default: String(scalar)
            }
        }
        return "\"" + escaped.joined() + "\""
    }
}
