/// The names of S3 buckets, as far as a state's bucket may have them.
package enum BucketName {
    /// What `isValid` asks for, in words that follow "write".
    package static let rule = "3 to 63 small letters, digits and inner hyphens"

    /// Amazon S3 User Guide, "General purpose bucket naming rules", without dots, which TLS has no certificate for.
    package static func isValid(_ name: String) -> Bool {
        (3...63).contains(name.utf8.count) && name.first != "-" && name.last != "-"
            && name.allSatisfy { $0.isASCIIDigit || $0 == "-" || $0.isASCIILetter && $0.isLowercase }
    }
}
