import FleetModel
import Foundation
import LocalFleet

extension LocalMachine {
    /// The real machine.
    package static let live = LocalMachine(
        program: {
            let path = Bundle.main.executablePath ?? CommandLine.arguments[0]
            return URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        },
        isExecutable: { FileManager.default.isExecutableFile(atPath: $0) },
        freePorts: freeLoopbackPorts,
        freeMemory: freeMemory,
        randomKey: {
            Secret((0..<4).map { _ in String(format: "%016lx", UInt64.random(in: .min ... .max)) }.joined())
        },
        run: { plan, report in try await LocalFleetRunner(plan, report: report).run() }
    )

    /// Linux, proc_meminfo(5): `MemAvailable: 12345 kB`.
    @Sendable
    private static func freeMemory() -> Int? {
        let text = try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8)  // other systems have no such file
        let line = text?.split(separator: "\n").first { $0.hasPrefix("MemAvailable:") }
        return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * 1024 }
    }

    /// Asks the system for ports, all held at once so that they differ, then lets them go.
    @Sendable
    private static func freeLoopbackPorts(_ count: Int) throws(Problem) -> [Int] {
        var sockets: [Int32] = []
        defer { for socket in sockets { close(socket) } }
        var ports: [Int] = []
        for _ in 0..<count {
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            guard descriptor >= 0, let port = boundPort(of: descriptor) else {
                throw Problem(
                    .unavailable,
                    "no free port was had for a replica",
                    detail: "The system says: \(String(cString: strerror(errno)))."
                )
            }
            sockets.append(descriptor)
            ports.append(port)
        }
        return ports
    }

    private static func boundPort(of descriptor: Int32) -> Int? {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                guard bind(descriptor, generic, length) == 0 else { return nil }
                guard getsockname(descriptor, generic, &length) == 0 else { return nil }
                return Int(UInt16(bigEndian: pointer.pointee.sin_port))
            }
        }
    }
}
