import FleetModel

extension ImageLookup {
    /// What an image is made for, or why that is not known. Asks ECR where the image lives there, else its registry as
    /// anybody may.
    package func contents(of reference: ImageReference) async -> ImageFinding {
        guard let home = ElasticRegistry(reference.registry) else {
            return await OpenRegistry(web: client.surroundings.web).contents(of: reference)
        }
        do {
            return try await elasticContents(of: reference, home)
        } catch {
            let words = [error.summary, error.detail].compactMap { $0 }.joined(separator: ": ")
            return error.kind == .notFound ? .absent(words) : .unknown(words)
        }
    }

    private func elasticContents(
        of reference: ImageReference,
        _ home: ElasticRegistry
    ) async throws(Problem) -> ImageFinding {
        let registry = AWSClient(region: home.region, credentials: client.credentials, client.surroundings)
        let id = BatchRequest.ID(
            imageTag: reference.digest == nil ? reference.tag ?? "latest" : nil, imageDigest: reference.digest)
        let batch: BatchAnswer = try await registry.call(
            .imageRegistry, "BatchGetImage",
            BatchRequest(
                registryId: home.account, repositoryName: reference.repository, imageIds: [id],
                acceptedMediaTypes: OpenRegistry.kinds))
        guard let text = batch.images?.first?.imageManifest else { return .absent("ECR lists no such image") }
        guard let manifest = ImageContents.Manifest(json: text.utf8) else {
            return .unknown("ECR's manifest is of another form")
        }
        guard manifest.architectures.isEmpty, let digest = manifest.config?.digest else {
            return .found(ImageContents(architectures: manifest.architectures))
        }
        let layer: LayerAnswer = try await registry.call(
            .imageRegistry, "GetDownloadUrlForLayer",
            LayerRequest(registryId: home.account, repositoryName: reference.repository, layerDigest: digest))
        let fetched = await client.surroundings.web.send(
            WebRequest(url: layer.downloadUrl, limit: 1 << 20, timeout: .seconds(15)))
        guard case .success(let response) = fetched, response.status == 200,
            let contents = ImageContents.Configuration(json: response.body)?.contents
        else { return .unknown("ECR did not hand its configuration out") }
        return .found(contents)
    }

    private struct BatchRequest: Encodable {
        let registryId: String
        let repositoryName: String
        let imageIds: [ID]
        let acceptedMediaTypes: [String]

        struct ID: Encodable {
            let imageTag: String?
            let imageDigest: String?
        }
    }

    private struct BatchAnswer: Decodable {
        let images: [Image]?

        struct Image: Decodable {
            let imageManifest: String?
        }
    }

    private struct LayerRequest: Encodable {
        let registryId: String
        let repositoryName: String
        let layerDigest: String
    }

    private struct LayerAnswer: Decodable {
        let downloadUrl: String
    }
}
