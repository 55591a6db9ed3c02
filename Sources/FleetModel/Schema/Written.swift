/// A value, the path of the setting that holds it (`regions.eu-west-1.vpc_cidr`) and where that is written.
///
/// A value nobody wrote carries the place of the section that would hold it.
struct Written<Value: Sendable>: Sendable {
    let value: Value
    let path: String
    let position: Position

    func map<Other: Sendable>(_ transform: (Value) -> Other) -> Written<Other> {
        Written<Other>(value: transform(value), path: path, position: position)
    }
}
