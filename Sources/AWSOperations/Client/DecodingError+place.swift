extension DecodingError {
    /// Where an answer is not as it should be, by the names of its fields alone: what stands there may be a secret.
    var place: String {
        switch self {
        case .keyNotFound(let key, let context):
            "\(Self.path(context.codingPath)) has no \(key.stringValue)."
        case .valueNotFound(_, let context), .typeMismatch(_, let context):
            "\(Self.path(context.codingPath)) is of another kind."
        case .dataCorrupted(let context):
            context.codingPath.isEmpty ? "It is not JSON." : "\(Self.path(context.codingPath)) can't be read."
        @unknown default: "It can't be read."
        }
    }

    /// Such as `services[0].desiredCount`.
    private static func path(_ keys: [any CodingKey]) -> String {
        guard !keys.isEmpty else { return "It" }
        return keys.reduce(into: "") { text, key in
            if let index = key.intValue {
                text += "[\(index)]"
            } else {
                text += (text.isEmpty ? "" : ".") + key.stringValue
            }
        }
    }
}
