import AWSOperations
import FleetModel
import HTTPTransport

/// Where a rehearsal plays: an AWS of its own, and a folder of its own for whatever the verbs write.
struct RehearsalPlace: Sendable {
    /// An absolute path.
    let folder: String
    /// The fleet file, a copy.
    let file: String
    /// Where the emulated AWS answers, without a slash at its end.
    let endpoint: String
    /// Where Terraform's providers are kept between rehearsals.
    let providers: String

    /// What whoever speaks to AWS is told in place of the operator's own variables.
    func variables(from own: [String: String]) -> [String: String] {
        var variables = own.filter { !$0.key.hasPrefix("AWS_") }
        variables.merge(steering) { $1 }
        // A proxy for the world is none for this machine.
        for name in ["NO_PROXY", "no_proxy"] {
            variables[name] = [own[name], "127.0.0.1,localhost"].compactMap { $0 }.joined(separator: ",")
        }
        if own["TF_PLUGIN_CACHE_DIR"] == nil, own["TF_CLI_CONFIG_FILE"] == nil {
            variables["TF_PLUGIN_CACHE_DIR"] = providers
        }
        return variables
    }

    /// What a program that inherits the operator's environment is told on top of it: no account of theirs is reachable.
    func overrides(of own: [String: String]) -> [String: String] {
        let silenced = own.keys.filter { $0.hasPrefix("AWS_") }.map { ($0, "") }
        return Dictionary(uniqueKeysWithValues: silenced).merging(variables(from: own)) { $1 }
    }

    /// Credentials that nobody has, and one address for every service.
    private var steering: [String: String] {
        [
            "AWS_ENDPOINT_URL": endpoint, "AWS_ACCESS_KEY_ID": "rehearsal", "AWS_SECRET_ACCESS_KEY": "rehearsal",
            "AWS_EC2_METADATA_DISABLED": "true", "AWS_CONFIG_FILE": "/dev/null",
            "AWS_SHARED_CREDENTIALS_FILE": "/dev/null", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "false",
            // An emulator that lacks something would else be asked for ten minutes.
            "TF_VAR_provider_settings": #"{"max_retries":4}"#,
        ]
    }

    /// A client that asks the emulator and this machine, and nobody else.
    func confining(_ web: WebClient) -> WebClient {
        let home = HTTPLocation(endpoint)?.target
        return WebClient { request in
            guard let location = HTTPLocation(request.url), location.isLoopback || location.target == home else {
                return .failure(WebFailure("a rehearsal asks nobody outside", mayHaveHappened: false))
            }
            return await web.send(request)
        }
    }
}
