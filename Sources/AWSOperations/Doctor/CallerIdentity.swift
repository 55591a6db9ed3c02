/// Who signs, by AWS's word (AWS STS API, GetCallerIdentity).
package struct CallerIdentity: Sendable, Equatable {
    package let account: String
    package let arn: String

    package init(account: String, arn: String) {
        self.account = account
        self.arn = arn
    }

    /// The user or role whose policies count; nil for the account's root, which has none. Of a role that was assumed
    /// STS does not tell the path, so one with a path is not found by this name.
    package var principal: String? {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 6, parts[5] != "root" else { return nil }
        let names = parts[5].split(separator: "/")
        guard names.first == "assumed-role", names.count >= 2 else { return arn }
        return "\(parts[0]):\(parts[1]):iam::\(account):role/\(names[1])"
    }
}
