/// What stands of a region's edge, by the stack that it is (`terraform/region/edge.tf`).
package struct EdgeState: Sendable, Equatable, Encodable {
    /// `closed`: nothing; `edge`: balancer and listeners; `open`: the public name as well.
    package let phase: String
    /// CloudFormation's word for how the stack is, such as `UPDATE_COMPLETE`.
    package let stack: String
}
