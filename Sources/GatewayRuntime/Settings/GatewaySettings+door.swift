import ArgumentParser
import HTTPTransport

/// Reading who may come in.
extension GatewaySettings {
    private static let keysPlaces = (variable: "SLIPWAY_API_KEYS", file: "SLIPWAY_API_KEYS_FILE")

    func door(_ flags: DoorOptions) throws -> DoorConfiguration {
        var door = DoorConfiguration()
        let publicURL = try location(flags.publicUrl, "--public-url", "SLIPWAY_PUBLIC_URL")
        door.allowedHosts = flags.allowHost.flatMap(Self.words) + words("SLIPWAY_ALLOW_HOST")
        if let publicURL, !door.allowedHosts.isEmpty { door.allowedHosts.append(publicURL.location.authority) }
        door.rate = try text(flags.rate, "--rate", "SLIPWAY_RATE").map { try rate($0.text, $0.place) }
        door.trustsForwarded = try flags.trustForwarded || isOn("SLIPWAY_TRUST_FORWARDED")
        let keys = try namedKeys(flags)
        let tokens = try tokenSettings(flags, publicURL)
        switch (keys, tokens) {
        case (_?, _?):
            throw ValidationError(
                "Callers sign in by keys or by tokens, not both: give either \(Self.keysPlaces.variable) "
                    + "(or --api-keys-file) or --jwt-issuer."
            )
        case (let keys?, nil): door.signIn = .keys(keys)
        case (nil, let tokens?): door.signIn = .tokens(tokens)
        case (nil, nil): break
        }
        return door
    }

    private func namedKeys(_ flags: DoorOptions) throws -> NamedKeys? {
        let file = text(flags.apiKeysFile, "--api-keys-file", Self.keysPlaces.file)
        let listed = environment[Self.keysPlaces.variable]
        guard file == nil || listed == nil else {
            throw ValidationError("Keys are given twice: in \(Self.keysPlaces.variable) and by \(file?.place ?? "").")
        }
        if listed != nil {
            return try keys(Self.keysPlaces.variable) { () throws(NamedKeys.Refusal) in
                try NamedKeys(reading: words(Self.keysPlaces.variable))
            }
        }
        guard let file else { return nil }
        guard let text = SmallFile.text(at: file.text) else {
            throw ValidationError(
                "\(file.place): '\(file.text)' can't be read; it is a text file of at most \(SmallFile.largest) bytes."
            )
        }
        return try keys(file.place) { () throws(NamedKeys.Refusal) in try NamedKeys(lines: text) }
    }

    private func keys(
        _ place: String,
        _ read: () throws(NamedKeys.Refusal) -> NamedKeys
    ) throws -> NamedKeys {
        do throws(NamedKeys.Refusal) {
            return try read()
        } catch {
            throw ValidationError("\(place): \(error.words).")
        }
    }

    private func rate(_ text: String, _ place: String) throws -> Rate {
        if let rate = Rate(text) { return rate }
        throw ValidationError(
            "\(place) is a number of requests in a time, as in 600/min (s, min or h), not '\(text)'.")
    }

    private func isOn(_ variable: String) throws -> Bool {
        switch environment[variable] {
        case nil, "0", "false", "": return false
        case "1", "true": return true
        case let other?: throw ValidationError("\(variable) is 1 or 0, not '\(other)'.")
        }
    }
}
