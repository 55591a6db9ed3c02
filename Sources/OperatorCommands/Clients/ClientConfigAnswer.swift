import FleetModel
import TerminalView

/// The fleet's address, and what each client is told.
struct ClientConfigAnswer: Answer {
    let name: String
    let url: String
    let entries: [ClientEntry]
    /// Whether one client was asked for, whose entry then stands alone, to be written to a file.
    let isAlone: Bool

    func text(ink: Ink) -> String {
        if isAlone, let entry = entries.first { return Self.body(entry) + "\n" }
        let parts = entries.map { entry in
            let place = entry.kind.file.map { ", in \($0)" } ?? ""
            return ink.bold(entry.kind.name) + place + ":\n" + Self.body(entry) + "\n"
                + entry.notes.map { $0 + "\n" }.joined()
        }
        return (["\(name) is at \(url)\n"] + parts).joined(separator: "\n")
    }

    private static func body(_ entry: ClientEntry) -> String {
        switch entry.content {
        case .configuration(let value): value.rendered()
        case .command(let command): command
        }
    }

    private struct Row: Encodable {
        let client: String
        let file: String?
        let configuration: ConfigValue?
        let command: String?
        let notes: [String]

        init(_ entry: ClientEntry) {
            client = entry.kind.rawValue
            file = entry.kind.file
            notes = entry.notes
            switch entry.content {
            case .configuration(let value): (configuration, command) = (value, nil)
            case .command(let words): (configuration, command) = (nil, words)
            }
        }
    }

    private enum CodingKeys: String, CodingKey {
        case name, url, clients
    }

    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(name, forKey: .name)
        try fields.encode(url, forKey: .url)
        try fields.encode(entries.map(Row.init), forKey: .clients)
    }
}
