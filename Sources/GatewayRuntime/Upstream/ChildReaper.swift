import CChildProcess
import HTTPTransport
import NIOCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// How a process ended.
enum ChildExit: Equatable, CustomStringConvertible {
    case status(Int32)
    case signal(Int32)
    /// Somebody else collected it.
    case unknown

    init(waitStatus: Int32) {
        let signal = waitStatus & 0x7F
        self = signal == 0 ? .status((waitStatus >> 8) & 0xFF) : .signal(signal)
    }

    var description: String {
        switch self {
        case .status(let status): "it exited with status \(status)"
        case .signal(let signal): "it was ended by signal \(signal)"
        case .unknown: "it ended"
        }
    }
}

/// Collects the exits of children, so that none stays a zombie, and kills what a child leaves of its group.
///
/// It polls while there are children: a signal handler for SIGCHLD would be shared with everything else in the
/// process. As process 1 of a container it also collects the orphans that fall to it.
final class ChildReaper {
    private let eventLoop: any EventLoop
    private var exits: [pid_t: (ChildExit) -> Void] = [:]
    private var ending: Set<pid_t> = []
    private var polling: RepeatedTask?

    init(eventLoop: any EventLoop) { self.eventLoop = eventLoop }

    var childCount: Int { exits.count }

    /// Children that were not told to end.
    var servingCount: Int { exits.count - ending.count }

    /// A child was told to end.
    func isEnding(_ process: pid_t) {
        if exits[process] != nil { ending.insert(process) }
    }

    /// Calls `onExit` once the process has ended and was collected.
    func watch(_ process: pid_t, onExit: @escaping (ChildExit) -> Void) {
        exits[process] = onExit
        if polling == nil {
            polling = eventLoop.repeatedly(every: .milliseconds(100)) { [weak self] in self?.poll() }
        }
    }

    /// Looks at one process now rather than at the next poll.
    func check(_ process: pid_t) {
        guard exits[process] != nil else { return }
        var status: Int32 = 0
        let collected = waitpid(process, &status, WNOHANG)
        if collected == process { ended(process, ChildExit(waitStatus: status)) }
        if collected < 0, errno == ECHILD { ended(process, .unknown) }
    }

    /// Kills every child at once, with its group.
    func killAll() { for process in exits.keys { kill(-process, SIGKILL) } }

    private func ended(_ process: pid_t, _ exit: ChildExit) {
        guard let onExit = exits.removeValue(forKey: process) else { return }
        ending.remove(process)
        // Whatever the child started in its group must not outlive it.
        kill(-process, SIGKILL)
        onExit(exit)
    }

    private func poll() {
        // One question for all of them; whoever has ended but is not ours may stand in front of the others.
        let ended = slipway_ended_child()
        if exits[ended] != nil { check(ended) }
        if ended != 0, slipway_ended_child() != 0 { for process in exits.keys { check(process) } }
        if getpid() == 1 { collectOrphans() }
        if exits.isEmpty {
            polling?.cancel()
            polling = nil
        }
    }

    private func collectOrphans() {
        var status: Int32 = 0
        while true {
            let process = waitpid(-1, &status, WNOHANG)
            guard process > 0 else { return }
            ended(process, ChildExit(waitStatus: status))
        }
    }
}
