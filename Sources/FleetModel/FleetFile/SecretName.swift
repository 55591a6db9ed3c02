/// Names whose values are secrets, and so have no place in a file that is committed.
enum SecretName {
    static func matches(_ name: String) -> Bool {
        let word = name.uppercased().replacing("-", with: "_")
        return names.contains { word == $0 || word.hasSuffix("_\($0)") }
    }

    static func problem(_ path: String, at place: Problem.Place) -> Problem {
        Problem(.secretInFile, at: place, "\(path) \(words)", detail: detail, hint: hint)
    }

    static func finding(_ written: Written<String>) -> Finding {
        Finding(.secretInFile, written, words, detail: detail, hint: hint)
    }

    private static let words = "is a secret, and this file is meant to be committed"
    private static let detail =
        "If it has been committed already, everyone who can read the repository knows it: "
        + "have a new one issued."
    private static let hint =
        "remove the line; for a local run set it in the environment or in the git-ignored "
        + "slipway.env; on AWS it belongs in Secrets Manager"

    private static let names = [
        "API_KEY", "API_KEYS", "APIKEY", "TOKEN", "SECRET", "SECRETS", "SECRET_KEY", "SECRET_ACCESS_KEY", "PASSWORD",
        "PASSWD", "PRIVATE_KEY", "CREDENTIAL", "CREDENTIALS", "FLEET_KEY", "AUTHORIZATION",
    ]
}
