/// A zone of Route 53, as far as it is looked at.
package struct HostedZone: Sendable, Equatable {
    package let id: String
    /// Without the dot at its end.
    package let name: String
    package let isPrivate: Bool

    package init(id: String, name: String, isPrivate: Bool) {
        self.id = id
        self.name = name
        self.isPrivate = isPrivate
    }

    init(_ element: XMLElement) {
        let name = element.text("Name") ?? ""
        id = element.text("Id")?.split(separator: "/").last.map(String.init) ?? ""
        self.name = name.hasSuffix(".") ? String(name.dropLast()) : name
        isPrivate = element.text("Config", "PrivateZone") == "true"
    }
}
