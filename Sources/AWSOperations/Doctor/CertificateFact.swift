/// A certificate of ACM for the fleet's name, as far as it is looked at.
package struct CertificateFact: Sendable, Equatable {
    package let arn: String
    /// Such as `ISSUED` or `PENDING_VALIDATION`.
    package let status: String
    package let daysLeft: Int?

    package init(arn: String, status: String, daysLeft: Int? = nil) {
        self.arn = arn
        self.status = status
        self.daysLeft = daysLeft
    }
}
