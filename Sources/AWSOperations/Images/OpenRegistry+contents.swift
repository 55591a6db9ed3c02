import FleetModel

extension OpenRegistry {
    /// What an image is made for and what it starts. An index is asked no further than for what it lists.
    func contents(of image: ImageReference) async -> ImageFinding {
        let name = image.digest ?? image.tag ?? "latest"
        let first = await fetch("manifests/\(name)", of: image)
        guard case .success(let manifestBytes) = first else { return Self.finding(first) }
        guard let manifest = ImageContents.Manifest(json: manifestBytes) else {
            return .unknown("\(image.registry)'s manifest is of another form")
        }
        guard manifest.architectures.isEmpty, let digest = manifest.config?.digest else {
            return .found(ImageContents(architectures: manifest.architectures))
        }
        let second = await fetch("blobs/\(digest)", of: image)
        guard case .success(let bytes) = second else { return Self.finding(second) }
        return ImageContents.Configuration(json: bytes)?.contents.map { .found($0) }
            ?? .unknown("\(image.registry)'s configuration of it is of another form")
    }

    private static func finding(_ result: Result<[UInt8], ImageLookup.Doubt>) -> ImageFinding {
        switch result {
        case .success: .unknown("its registry answered something else")
        case .failure(.absent(let words)): .absent(words)
        case .failure(.unknown(let words)): .unknown(words)
        }
    }

    /// A document of a repository, from where the registry keeps it.
    private func fetch(_ path: String, of image: ImageReference) async -> Result<[UInt8], ImageLookup.Doubt> {
        switch await answer("GET", path, of: image) {
        case .failure(let doubt): return .failure(doubt)
        case .success(let response) where response.status == 200: return .success(response.body)
        case .success(let response) where response.status == 404:
            return .failure(.absent("\(image.registry) knows no such image"))
        case .success(let response):
            // Blobs often lie elsewhere, under an address that holds its own permission.
            guard (300..<400).contains(response.status), let place = response.header("location"),
                case .success(let moved) = await web.send(
                    WebRequest(url: place, limit: 1 << 20, timeout: .seconds(15))), moved.status == 200
            else { return .failure(.unknown("\(image.registry) answered \(response.status)")) }
            return .success(moved.body)
        }
    }
}
