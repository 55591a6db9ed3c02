/// The processors tasks run on, by Terraform's and Fargate's names.
package enum Architecture: String, Sendable, Encodable, CaseIterable {
    case x86 = "X86_64"
    /// A fifth cheaper; the image must be made for it.
    case arm = "ARM64"
}
