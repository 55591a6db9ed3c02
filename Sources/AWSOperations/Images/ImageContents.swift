import FleetModel

/// What an image is made for and what it starts, as far as its registry told.
package struct ImageContents: Sendable, Equatable {
    /// Such as `amd64` and `arm64`; by the names of Go, which the OCI Image Specification uses.
    package var architectures: [String]
    /// The words it starts with; nil where they were not looked at.
    package var command: [String]?

    package init(architectures: [String], command: [String]? = nil) {
        self.architectures = architectures
        self.command = command
    }

    /// A manifest's or an index's own words (OCI Image Specification 1.1, "Image Manifest" and "Image Index").
    struct Manifest: Decodable {
        let manifests: [Entry]?
        let config: Entry?

        struct Entry: Decodable {
            let digest: String?
            let platform: Platform?
        }

        struct Platform: Decodable {
            let architecture: String?
            let os: String?
        }

        /// What an index lists. What is no platform, such as a signature, says `unknown`.
        var architectures: [String] {
            (manifests ?? []).compactMap(\.platform).filter { $0.os == "linux" }.compactMap(\.architecture)
        }
    }

    /// The configuration of one image (OCI Image Specification 1.1, "Image Configuration").
    struct Configuration: Decodable {
        let architecture: String?
        let config: Start?

        struct Start: Decodable {
            let Entrypoint: [String]?
            let Cmd: [String]?
        }

        var contents: ImageContents? {
            architecture.map {
                ImageContents(architectures: [$0], command: (config?.Entrypoint ?? []) + (config?.Cmd ?? []))
            }
        }
    }
}
