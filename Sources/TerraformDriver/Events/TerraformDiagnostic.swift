/// A warning or an error in Terraform's own words, which may quote AWS.
package struct TerraformDiagnostic: Equatable, Sendable {
    package let isError: Bool
    package let summary: String
    package let detail: String
    /// The resource it is about, where it is about one.
    package let address: String?

    package init(isError: Bool, summary: String, detail: String = "", address: String? = nil) {
        self.isError = isError
        self.summary = summary
        self.detail = detail
        self.address = address
    }

    /// For a reader: the resource, what is wrong, and why.
    package var words: String {
        let heading = [address, summary].compactMap { $0 }.joined(separator: ": ")
        return detail.isEmpty ? heading : "\(heading)\n\(detail)"
    }

    /// The id of the lock that somebody else holds ("Lock Info"), when that is the error.
    package var lockID: String? {
        guard summary.contains("acquiring the state lock") else { return nil }
        // A line of its own: S3's refusal, quoted before it, has a RequestID and a HostID.
        return detail.split(whereSeparator: \.isNewline).lazy.map { $0.drop { $0 == " " } }
            .first { $0.hasPrefix("ID:") }.map { String($0.dropFirst(3).drop { $0 == " " }) }
    }
}
