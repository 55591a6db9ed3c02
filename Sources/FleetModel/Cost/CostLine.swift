/// One line of a region's bill for a month.
package struct CostLine: Equatable, Sendable {
    /// In words, such as "load balancer".
    package let what: String
    package let charge: Charge
    package let price: Price
    package let quantities: [CostMode: Quantity]
    package let amounts: CostByMode
    /// Billed by use that is assumed rather than known.
    package let isAssumed: Bool
}
