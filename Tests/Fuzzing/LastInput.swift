import Foundation
import Synchronization

/// Names the input that was running when the program crashed or hung: what a signal's handler can still say.
enum LastInput {
    static let areas: [any FuzzArea & Sendable] = [
        ScannerArea(), BatchArea(), EditArea(), ModernArea(), EventArea(), LineArea(), TicketArea(), WireArea(),
        LinkArea(), SharedServerArea(),
    ]

    private static let area = Atomic<Int>(-1)
    private static let index = Atomic<Int>(0)
    private static let seed = Atomic<UInt64>(0)

    /// From now on a signal that ends the program is told with the input that was running.
    static func watch(seed given: UInt64) {
        seed.store(given, ordering: .relaxed)
        for number in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGALRM] {
            signal(number) { LastInput.tell($0) }
        }
    }

    static func begin(_ running: any FuzzArea) {
        area.store(areas.firstIndex { $0.name == running.name } ?? -1, ordering: .relaxed)
    }

    static func note(_ running: Int) { index.store(running, ordering: .relaxed) }

    static func expectProgress(within seconds: UInt32) { alarm(seconds) }

    static func end() {
        alarm(0)
        area.store(-1, ordering: .relaxed)
    }

    /// The plain words first: making the input anew may not succeed in a process that is broken.
    private static func tell(_ number: Int32) {
        for other in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT] { signal(other, SIG_DFL) }
        let (area, index) = (area.load(ordering: .relaxed), index.load(ordering: .relaxed))
        let seed = seed.load(ordering: .relaxed)
        let name = area >= 0 ? areas[area].name : EdgeRun.name
        say("\(name): \(number == SIGALRM ? "hangs" : "crashed") at input \(index) of seed \(seed)\n")
        if area >= 0 {
            var random = FuzzRandom(seed: seed, area: name, index: index)
            say("  input \(Violation.hexadecimal(areas[area].input(&random)))\n")
        }
        _exit(1)
    }

    private static func say(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(2, bytes, bytes.count)
    }
}
