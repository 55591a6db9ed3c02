import FleetModel
import Testing

@testable import AWSOperations

@Suite struct CredentialChainTests {
    private static let document = """
        {"Version": 1, "AccessKeyId": "AKPROCESS", "SecretAccessKey": "s", "SessionToken": "t"}
        """

    private func find(_ world: FakeWorld) async throws(Problem) -> Credentials {
        try await AWSClient.credentials(world.surroundings)
    }

    @Test func `the environment comes first`() async throws {
        let world = FakeWorld(
            variables: [
                "AWS_ACCESS_KEY_ID": "AKENV", "AWS_SECRET_ACCESS_KEY": "s", "AWS_SESSION_TOKEN": "t",
                "AWS_PROFILE": "x", "HOME": "/h",
            ]
        )
        let found = try await find(world)
        #expect(found.accessKeyID == "AKENV" && found.sessionToken?.reveal() == "t")
    }

    @Test func `a profile's keys are taken from either file, those of credentials first`() async throws {
        let files = [
            "/h/.aws/config": "# mine\n[profile work]\nregion = eu-west-1\naws_access_key_id = AKCONFIG\n",
            "/h/.aws/credentials": "[work]\naws_access_key_id=AKWORK\naws_secret_access_key = a=b \n[default]\n",
        ]
        let found = try await find(FakeWorld(variables: ["HOME": "/h", "AWS_PROFILE": "work"], files: files))
        #expect(found.accessKeyID == "AKWORK" && found.secretAccessKey.reveal() == "a=b")
        #expect(found.sessionToken == nil)
    }

    @Test func `a profile's own program is asked`() async throws {
        let world = FakeWorld(
            variables: ["HOME": "/h"],
            files: ["/h/.aws/config": "[default]\ncredential_process = /opt/keys --json\n"],
            program: .answered(Self.document)
        )
        #expect(try await find(world).accessKeyID == "AKPROCESS")
        #expect(world.programs == [["sh", "-c", "/opt/keys --json"]])
    }

    @Test(arguments: ["sso_session = my-sso", "role_arn = arn:aws:iam::1:role/x\nsource_profile = y"])
    func `single sign-on and roles go through AWS's own tool`(_ settings: String) async throws {
        let world = FakeWorld(
            variables: ["AWS_CONFIG_FILE": "/c", "AWS_PROFILE": "p"], files: ["/c": "[profile p]\n\(settings)\n"],
            program: .answered(Self.document)
        )
        #expect(try await find(world).accessKeyID == "AKPROCESS")
        #expect(
            world.programs == [["aws", "configure", "export-credentials", "--profile", "p", "--format", "process"]])
    }

    @Test(arguments: [
        (ProgramAnswer.missing, "install the AWS CLI, version 2"),
        (.failed("Token has expired"), "sign in with: aws sso login --profile p"),
        (.overdue(seconds: 60), "see what it waits for, in a shell of your own"),
        (.answered("{\"AccessKeyId\": \"half a secret\"}"), "see what it prints, in a shell of your own"),
    ])
    func `a profile that gives nothing says what to do`(_ answer: ProgramAnswer, _ hint: String) async {
        let world = FakeWorld(
            variables: ["AWS_CONFIG_FILE": "/c", "AWS_PROFILE": "p"],
            files: ["/c": "[profile p]\nsso_session = s\n"], program: answer
        )
        let problem = await #expect(throws: Problem.self) { try await find(world) }
        #expect(problem?.summary == "the AWS profile p gave no credentials")
        #expect(problem?.hint == hint)
        #expect(!"\(String(describing: problem))".contains("half a secret"))
    }

    @Test(arguments: [
        (ProgramAnswer.failed("sh: 1: keys: not found"), "credential_process says: sh: 1: keys: not found"),
        (.overdue(seconds: 60), "credential_process had not ended after 60 s, and was stopped."),
        (.missing, "There is no sh on PATH to run it."),
    ])
    func `a profile's own program is not taken for AWS's`(_ answer: ProgramAnswer, _ detail: String) async {
        let files = ["/h/.aws/config": "[default]\ncredential_process = keys\n"]
        let world = FakeWorld(variables: ["HOME": "/h"], files: files, program: answer)
        let problem = await #expect(throws: Problem.self) { try await find(world) }
        #expect(problem?.detail == detail)
        #expect(problem?.hint?.contains("aws ") == false)
    }

    @Test func `a container is asked at its own address, with its token`() async throws {
        let world = FakeWorld(
            [FakeWorld.answer(200, #"{"AccessKeyId": "AKROLE", "SecretAccessKey": "s", "Token": "t"}"#)],
            variables: [
                "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/x", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/token",
                "HOME": "/h",
            ],
            // A default profile with a region alone is none.
            files: ["/token": "abc\n", "/h/.aws/config": "[default]\nregion = eu-west-1\n"]
        )
        let found = try await find(world)
        #expect(found.accessKeyID == "AKROLE" && found.sessionToken?.reveal() == "t")
        let request = try #require(world.requests.first)
        #expect(request.url == "http://169.254.170.2/v2/x" && request.allowsPlainHTTP)
        #expect(request.headers == [WebRequest.Header("authorization", "abc")])
    }

    @Test func `a stranger's address is not asked without TLS`() async {
        let world = FakeWorld(variables: ["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://169.254.170.2.evil/x"])
        await #expect(throws: Problem.self) { try await find(world) }
        #expect(world.requests.first?.allowsPlainHTTP == false)
    }

    @Test func `no credentials, or a profile that is none, are told with what was looked at`() async {
        let none = await #expect(throws: Problem.self) { try await find(FakeWorld(variables: ["HOME": "/h"])) }
        #expect(none?.summary == "there are no AWS credentials")
        let files = ["/h/.aws/config": "[profile a]\n[profile b]\n"]
        let typo = await #expect(throws: Problem.self) {
            try await find(FakeWorld(variables: ["HOME": "/h", "AWS_PROFILE": "c"], files: files))
        }
        #expect(typo?.summary == "there is no AWS profile c")
        #expect(typo?.detail == "AWS_PROFILE names it, and ~/.aws has a, b.")
    }
}
