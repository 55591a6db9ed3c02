import FleetModel

/// Finds what an image's tag stands for, so that every task gets the same, also when the tag moves on.
package struct ImageLookup: Sendable {
    let client: AWSClient

    package init(_ client: AWSClient) {
        self.client = client
    }

    /// The image by its digest, else as it was written, with the reason. Throws where the registry has no such image.
    package func pin(_ reference: ImageReference, written: String) async throws(Problem) -> ImagePin {
        guard reference.digest == nil else { return ImagePin(image: written, doubt: nil) }
        let digest: Result<String, Doubt>
        if let home = ElasticRegistry(reference.registry) {
            digest = try await elastic(reference, home)
        } else {
            digest = await OpenRegistry(web: client.surroundings.web).digest(of: reference)
        }
        switch digest {
        case .success(let digest): return ImagePin(image: reference.pinned(to: digest), doubt: nil)
        case .failure(.absent(let words)): throw absent(written, words)
        case .failure(.unknown(let words)):
            return ImagePin(image: written, doubt: "\(written) is not pinned to what it is now: \(words)")
        }
    }

    /// Why a registry told no digest.
    enum Doubt: Error, Equatable {
        case absent(String)
        case unknown(String)
    }

    private func absent(_ written: String, _ words: String) -> Problem {
        Problem(
            .notFound, at: .region(client.region), "there is no image \(written)",
            detail: "\(words). Nothing was changed.", hint: "push it first, or name another one"
        )
    }

    private func elastic(
        _ reference: ImageReference,
        _ home: ElasticRegistry
    ) async throws(Problem) -> Result<String, Doubt> {
        let registry = AWSClient(region: home.region, credentials: client.credentials, client.surroundings)
        let tag = reference.tag ?? "latest"
        do {
            let answer: Answer = try await registry.call(
                .imageRegistry, "DescribeImages",
                Request(
                    registryId: home.account, repositoryName: reference.repository, imageIds: [ImageID(imageTag: tag)])
            )
            guard let detail = answer.imageDetails.first else { return .failure(.absent("ECR lists no such image")) }
            guard let digest = detail.imageDigest, ImageReference.isDigest(digest) else {
                return .failure(.unknown("ECR did not tell its digest"))
            }
            return .success(digest)
        } catch {
            let words = error.detail ?? error.summary
            return .failure(error.kind == .notFound ? .absent(words) : .unknown("\(error.summary), \(words)"))
        }
    }

    private struct ImageID: Encodable {
        let imageTag: String
    }

    private struct Request: Encodable {
        let registryId: String
        let repositoryName: String
        let imageIds: [ImageID]
    }

    private struct Answer: Decodable {
        let imageDetails: [Detail]
    }

    private struct Detail: Decodable {
        let imageDigest: String?
    }
}
