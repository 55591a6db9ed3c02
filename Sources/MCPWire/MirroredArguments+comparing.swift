import NIOCore

/// Holding a call to what its headers say.
extension MirroredArguments {
    /// What a call gives for an argument.
    private enum Value {
        /// Not there, or null.
        case absent
        /// What a header says of it has to be the same text.
        case text(String)
        case number(String)
        /// A list or an object: no header can say that.
        case other
        /// Two parsers would read it differently.
        case ambiguous
    }

    /// What is wrong with a call's headers, in a sentence; `nil` where they say what its arguments say.
    ///
    /// - Parameters:
    ///   - call: a `tools/call`.
    ///   - fields: the values of a header, in no particular case of letters, without the blanks around them.
    package func fault(in call: ScannedMessage, fields: (String) -> [String]) -> String? {
        let params = call.envelope.params.flatMap { JSONObject(in: call.bytes, at: $0.lowerBound) }
        let given = params?["arguments"].flatMap { Self.first(of: $0, call.bytes) == "{" ? $0 : nil }
        // Read once, however many arguments are looked for: a call may have a million.
        let object = given.flatMap { JSONObject(in: call.bytes, at: $0.lowerBound) }
        for argument in arguments {
            let value = given == nil ? .absent : Self.value(at: argument.path, in: object, call.bytes)
            if let fault = fault(of: argument, value, fields(Self.prefix + argument.header)) { return fault }
        }
        return nil
    }

    private func fault(of argument: Argument, _ value: Value, _ fields: [String]) -> String? {
        let (header, name) = (Self.prefix + argument.header, argument.path.joined(separator: "."))
        if case .ambiguous = value {
            return "The arguments of the call give a name twice, where \(name) is looked for."
        }
        guard fields.count < 2 else { return "The header \(header) is given more than once." }
        guard let field = fields.first else {
            switch value {
            case .text, .number: return isRequired ? "\(header) is missing: it says what \(name) says." : nil
            case .absent, .other, .ambiguous: return nil
            }
        }
        guard Self.isVisible(field), let said = MirroredValue.decode(field) else {
            return "\(header) is neither plain text nor =?base64?…?= around the base64 of UTF-8."
        }
        if case .absent = value { return "\(header) is given, and the argument \(name) is not." }
        return Self.says(said, value) ? nil : "\(header) differs from the argument \(name)."
    }

    private static func says(_ said: String, _ value: Value) -> Bool {
        switch value {
        case .text(let text): return said.isSpelled(as: text)
        case .number(let number):
            guard let one = DecimalNumber(number), let other = DecimalNumber(said) else {
                return said.isSpelled(as: number)
            }
            return one == other
        case .absent, .other, .ambiguous: return false
        }
    }

    /// Whether a value consists of what a header may hold (Streamable HTTP, "Value encoding").
    private static func isVisible(_ field: String) -> Bool {
        field.utf8.allSatisfy { (0x20...0x7E).contains($0) || $0 == 0x09 }
    }

    /// - Parameter object: what the path begins in; `nil` where it has a name twice.
    private static func value(at path: [String], in object: JSONObject?, _ text: ByteBuffer) -> Value {
        var (object, place) = (object, 0..<0)
        for (depth, name) in path.enumerated() {
            if depth > 0 {
                guard first(of: place, text) == "{" else { return .absent }
                object = JSONObject(in: text, at: place.lowerBound)
            }
            guard let members = object?.members else { return .ambiguous }
            guard let member = members.first(where: { $0.name.isSpelled(as: name) }) else { return .absent }
            place = member.value
        }
        switch first(of: place, text) {
        case "\"": return JSONObject.string(at: place.lowerBound, in: text).map(Value.text) ?? .other
        case "t", "f": return .text(text.json(at: place))
        case "n": return .absent
        case "{", "[": return .other
        default: return .number(text.json(at: place))
        }
    }

    private static func first(of place: Range<Int>, _ text: ByteBuffer) -> String {
        text.json(at: place.lowerBound..<place.lowerBound + 1)
    }
}
