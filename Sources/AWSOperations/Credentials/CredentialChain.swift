import FleetModel

/// Finds out who signs, in the order of AWS's own tools: the environment, the shared files, the container.
struct CredentialChain: Sendable {
    private let surroundings: AWSSurroundings
    private var variables: [String: String] { surroundings.variables }

    init(_ surroundings: AWSSurroundings) {
        self.surroundings = surroundings
    }

    func find() async throws(Problem) -> Credentials {
        if let credentials = fromEnvironment { return credentials }
        if let profile = try chosenProfile() { return try await credentials(of: profile.name, profile.settings) }
        if let credentials = try await fromContainer() { return credentials }
        throw Problem(
            .refused,
            "there are no AWS credentials",
            detail: "Looked at AWS_ACCESS_KEY_ID, the profile \(profileName) of ~/.aws, and the container.",
            hint: "sign in with: aws configure sso, or aws configure, or set AWS_PROFILE"
        )
    }

    private var fromEnvironment: Credentials? {
        guard let id = variable("AWS_ACCESS_KEY_ID"), let secret = variable("AWS_SECRET_ACCESS_KEY") else { return nil }
        return Credentials(
            accessKeyID: id,
            secretAccessKey: Secret(secret),
            sessionToken: variable("AWS_SESSION_TOKEN").map { Secret($0) }
        )
    }

    private var profileName: String { variable("AWS_PROFILE") ?? "default" }

    private func chosenProfile() throws(Problem) -> (name: String, settings: [String: String])? {
        let home = variable("HOME") ?? ""
        let config = SharedConfig(
            config: surroundings.readFile(variable("AWS_CONFIG_FILE") ?? "\(home)/.aws/config"),
            credentials: surroundings.readFile(variable("AWS_SHARED_CREDENTIALS_FILE") ?? "\(home)/.aws/credentials")
        )
        if let settings = config.profiles[profileName] {
            // A default profile often holds a region and nothing else.
            let isEmpty = profileName == "default" && Self.ways.allSatisfy { settings[$0] == nil }
            return isEmpty ? nil : (profileName, settings)
        }
        guard variable("AWS_PROFILE") != nil else { return nil }
        throw Problem(
            .notFound,
            "there is no AWS profile \(profileName)",
            detail: "AWS_PROFILE names it, and ~/.aws has \(Self.listed(config.profiles.keys.sorted())).",
            hint: "set AWS_PROFILE to one of them, or make it with: aws configure --profile \(profileName)"
        )
    }

    /// What gives a profile credentials.
    private static let ways = [
        "aws_access_key_id", "credential_process", "sso_session", "sso_start_url", "role_arn", "login_session",
    ]

    private static func listed(_ names: [String]) -> String {
        names.isEmpty ? "no profiles" : names.joined(separator: ", ")
    }

    private func credentials(of name: String, _ settings: [String: String]) async throws(Problem) -> Credentials {
        if settings["role_arn"] == nil, let id = settings["aws_access_key_id"],
            let secret = settings["aws_secret_access_key"]
        {
            return Credentials(
                accessKeyID: id,
                secretAccessKey: Secret(secret),
                sessionToken: settings["aws_session_token"].map { Secret($0) }
            )
        }
        if settings["role_arn"] == nil, let process = settings["credential_process"] {
            return try await run(["sh", "-c", process], of: name, "credential_process")
        }
        // Single sign-on, roles and whatever comes after them: AWS's own tool knows the way.
        return try await run(
            ["aws", "configure", "export-credentials", "--profile", name, "--format", "process"],
            of: name, "aws configure export-credentials"
        )
    }

    private func run(_ words: [String], of profile: String, _ what: String) async throws(Problem) -> Credentials {
        let (detail, hint): (String, String)
        switch await surroundings.runProgram(words) {
        case .answered(let output):
            if let credentials = CredentialDocument.credentials(in: Array(output.utf8)) { return credentials }
            (detail, hint) = ("\(what) printed no credentials.", "see what it prints, in a shell of your own")
        case .failed(let complaint):
            let isOwn = what == "credential_process"
            (detail, hint) = (
                "\(what) says: \(complaint)",
                isOwn ? "run it in a shell of your own" : "sign in with: aws sso login --profile \(profile)"
            )
        case .overdue(let seconds):
            (detail, hint) = (
                "\(what) had not ended after \(seconds) s, and was stopped.",
                "see what it waits for, in a shell of your own"
            )
        case .missing where what == "credential_process":
            (detail, hint) = ("There is no \(words[0]) on PATH to run it.", "mend PATH")
        case .missing:
            (detail, hint) = (
                "The profile signs in by SSO or a role, which needs the AWS CLI, and it is not on PATH.",
                "install the AWS CLI, version 2"
            )
        }
        throw Problem(.refused, "the AWS profile \(profile) gave no credentials", detail: detail, hint: hint)
    }

    /// "Container credential provider", AWS SDKs and Tools Reference Guide.
    private func fromContainer() async throws(Problem) -> Credentials? {
        let url: String
        if let path = variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") {
            url = "http://169.254.170.2\(path)"
        } else if let full = variable("AWS_CONTAINER_CREDENTIALS_FULL_URI") {
            url = full
        } else {
            return nil
        }
        var headers: [WebRequest.Header] = []
        let file = variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE").flatMap(surroundings.readFile)
        if let token = file ?? variable("AWS_CONTAINER_AUTHORIZATION_TOKEN") {
            headers.append(WebRequest.Header("authorization", String(token.prefix { !$0.isNewline })))
        }
        let request = WebRequest(
            url: url, headers: headers, limit: 65536, timeout: .seconds(5),
            // Where ECS and EKS answer; nobody outside of the machine hears it.
            allowsPlainHTTP: ["169.254.170.2", "169.254.170.23", "[fd00:ec2::23]"].contains { host in
                url.hasPrefix("http://\(host)/") || url.hasPrefix("http://\(host):")
            }
        )
        let words: String
        switch await surroundings.web.send(request) {
        case .success(let answer) where answer.status == 200:
            if let credentials = CredentialDocument.credentials(in: answer.body) { return credentials }
            words = "it gave no credentials"
        case .success(let answer): words = "it answered \(answer.status)"
        case .failure(let failure): words = failure.words
        }
        throw Problem(
            .unavailable, "the container's role gave no credentials", detail: "\(url): \(words).",
            hint: "give the task a role, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
        )
    }

    /// Empty is as good as not set.
    private func variable(_ name: String) -> String? { variables[name].flatMap { $0.isEmpty ? nil : $0 } }
}
