/// The result of `ping`.
struct Nothing: Encodable {}
