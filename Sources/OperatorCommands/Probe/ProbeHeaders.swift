import AWSOperations
import ArgumentParser
import FleetModel

/// The headers a probe is sent with. Their values are secrets, so none of them comes by the command line.
struct ProbeHeaders: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A file of headers, one in each line, such as Authorization: Bearer ...", valueName: "path"),
        completion: .file()
    )
    var headerFile: String?

    @Flag(help: "Ask for the value of an Authorization header, or read it from a pipe.")
    var authorization = false

    init() {}

    var isEmpty: Bool { headerFile == nil && !authorization }

    func read(_ effects: Effects) throws -> [WebRequest.Header] {
        var headers: [WebRequest.Header] = []
        if let headerFile {
            guard let text = try effects.files.read(effects.absolute(headerFile)) else {
                throw Problem(.fileMissing, at: .file(headerFile), "there is no such file", hint: "name another one")
            }
            for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
            where !line.allSatisfy(\.isWhitespace) {
                headers.append(try Self.header(line, at: .file(headerFile, line: index + 1)))
            }
        }
        if authorization {
            let value = try effects.readSecret("Authorization: ").reveal().trimmedOfSpace
            headers.append(try Self.header("Authorization: \(value)", at: nil))
        }
        return headers
    }

    /// RFC 9110, 5.1 and 5.5. No error quotes a value.
    private static func header(
        _ line: some StringProtocol, at place: Problem.Place?
    ) throws(Problem) -> WebRequest.Header {
        let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts[0]).trimmedOfSpace
        let value = parts.count == 2 ? String(parts[1]).trimmedOfSpace : ""
        let isNamed =
            !name.isEmpty && name.utf8.allSatisfy { (0x21...0x7E).contains($0) }
            && !name.contains { "\"(),/;<=>?@[\\]{}".contains($0) }
        guard isNamed, !value.isEmpty, value.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            throw Problem(
                .invalidValue, at: place, "is not a header",
                hint: "write a name, a colon and a value, such as Authorization: Bearer ..."
            )
        }
        return WebRequest.Header(name, value)
    }
}

extension String {
    fileprivate var trimmedOfSpace: String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
