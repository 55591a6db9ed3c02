import CChildProcess

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A child that was started: its process id, which is its process group's too, and our ends of its streams.
struct SpawnedChild {
    let process: pid_t
    /// Write end of its standard input.
    let input: CInt
    /// Read end of its standard output.
    let output: CInt
    /// Read end of its standard error.
    let errors: CInt
}

extension ChildCommand {
    /// Starts the program in a process group of its own.
    func spawn() throws(SpawnFailure) -> SpawnedChild {
        var ends: [CInt] = []
        func pair() throws(SpawnFailure) -> (read: CInt, write: CInt) {
            var pair: [CInt] = [0, 0]
            guard pipe(&pair) == 0 else { throw SpawnFailure(path: path, code: errno) }
            for end in pair { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            ends += pair
            return (pair[0], pair[1])
        }
        do throws(SpawnFailure) {
            let input = try pair()
            let output = try pair()
            let errors = try pair()
            let process = try launch(input: input.read, output: output.write, errors: errors.write)
            for end in [input.read, output.write, errors.write] { close(end) }
            return SpawnedChild(process: process, input: input.write, output: output.read, errors: errors.read)
        } catch {
            for end in ends { close(end) }
            throw error
        }
    }

    private func launch(input: CInt, output: CInt, errors: CInt) throws(SpawnFailure) -> pid_t {
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in arguments + variables { free(text) } }
        var process: pid_t = 0
        let code = slipway_child_spawn(path, &arguments, &variables, directory, input, output, errors, &process)
        guard code == 0 else { throw SpawnFailure(path: path, code: code) }
        return process
    }
}
