#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The program whose containers they are, by its machine and process: what is left of one that was killed can be told
/// from what another one still uses.
struct ContainerOwner: Equatable, Sendable {
    /// The name of the label that its containers and networks bear.
    static let labelName = "slipway.process"

    private let machine: String
    private let process: Int32

    /// This program.
    static var current: ContainerOwner {
        var name = [CChar](repeating: 0, count: 256)
        gethostname(&name, name.count - 1)
        let bytes = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return ContainerOwner(machine: String(decoding: bytes, as: UTF8.self), process: getpid())
    }

    init(machine: String, process: Int32) {
        self.machine = machine
        self.process = process
    }

    /// Reads a label's value.
    init?(_ text: some StringProtocol) {
        guard let slash = text.lastIndex(of: "/"), let process = Int32(text[text.index(after: slash)...]), process > 0
        else { return nil }
        self.init(machine: String(text[..<slash]), process: process)
    }

    var label: String { "\(Self.labelName)=\(machine)/\(process)" }

    /// Whether it certainly runs no more. Of another machine's programs nobody here knows.
    func isGone(from here: ContainerOwner) -> Bool {
        guard machine == here.machine, process != here.process else { return false }
        return kill(process, 0) != 0 && errno == ESRCH
    }
}
