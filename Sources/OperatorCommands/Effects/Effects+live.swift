import AWSOperations
import FleetModel
import Foundation

extension Effects {
    private static let began = ContinuousClock.now

    /// The real world. Nothing else in this program touches it.
    package static let live = Effects(
        console: Console(
            out: LiveOutput.out,
            err: LiveOutput.err,
            isOutTerminal: { isatty(STDOUT_FILENO) == 1 },
            isErrTerminal: { isatty(STDERR_FILENO) == 1 },
            columns: {
                var size = winsize()
                let isKnown = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
                return isKnown ? Int(size.ws_col) : 80
            }
        ),
        files: Files(
            read: LiveFiles.read,
            write: LiveFiles.write,
            append: LiveFiles.append,
            move: LiveFiles.move,
            exists: { FileManager.default.fileExists(atPath: $0) },
            makeFolder: LiveFiles.makeFolder,
            create: LiveFiles.create,
            remove: LiveFiles.remove
        ),
        environment: { ProcessInfo.processInfo.environment },
        currentDirectory: { FileManager.default.currentDirectoryPath },
        machine: .live,
        shell: .live,
        web: .live(authorities: ProcessInfo.processInfo.environment["AWS_CA_BUNDLE"]),
        today: { Date().formatted(.iso8601.year().month().day()) },
        elapsed: { ContinuousClock.now - began },
        readSecret: SecretInput.read,
        readLine: SecretInput.line,
        listen: LiveSignals.listen,
        terraform: .live,
        companions: .live,
        aws: {
            let variables = ProcessInfo.processInfo.environment
            return AWSSurroundings(
                web: .live(authorities: variables["AWS_CA_BUNDLE"]),
                variables: variables,
                readFile: { path in (try? LiveFiles.read(path)) ?? nil },  // no file of profiles is as good as none
                runProgram: LiveProgram.run,
                now: { Int(Date().timeIntervalSince1970) },
                pause: { try await Task.sleep(for: $0) },
                jitter: { $0 * Double.random(in: 0...1) }
            )
        }
    )
}

private enum LiveFiles {
    @Sendable
    static func read(_ path: String) throws(Problem) -> String? {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
            throw Problem(.fileUnusable, at: .file(path), "is a folder", hint: "name a file in it")
        }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            guard errno != ENOENT else { return nil }
            throw unusable(path, "could not be read", words(errno))
        }
        let data: Data
        do {
            data = try FileHandle(fileDescriptor: descriptor, closeOnDealloc: true).readToEnd() ?? Data()
        } catch {
            throw unusable(path, "could not be read", words(error))
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw Problem(.fileUnusable, at: .file(path), "is not UTF-8 text", hint: "save the file as UTF-8")
        }
        return text
    }

    @Sendable
    static func write(_ path: String, _ text: String) throws(Problem) {
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw unusable(path, "was not written", words(error))
        }
    }

    @Sendable
    static func append(_ path: String, _ text: String) throws(Problem) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw unusable(path, "could not be opened", words(errno)) }
        do {
            try FileHandle(fileDescriptor: descriptor, closeOnDealloc: true).write(contentsOf: Data(text.utf8))
        } catch {
            throw unusable(path, "was not written to", words(error))
        }
    }

    @Sendable
    static func move(_ path: String, _ target: String) throws(Problem) {
        guard rename(path, target) == 0 else { throw unusable(path, "could not be renamed", words(errno)) }
    }

    @Sendable
    static func makeFolder(_ path: String) throws(Problem) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw unusable(path, "was not made", words(error))
        }
    }

    @Sendable
    static func create(_ path: String, _ text: String, _ access: FileAccess) throws(Problem) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, access == .ownerOnly ? 0o600 : 0o666)
        guard descriptor >= 0 else {
            guard errno != EEXIST else {
                throw Problem(.fileExists, at: .file(path), "is there already, and was left as it is")
            }
            throw unusable(path, "was not made", words(errno))
        }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try file.write(contentsOf: Data(text.utf8))
            try file.close()
        } catch {
            throw unusable(path, "was made but not filled", words(error))
        }
    }

    @Sendable
    static func remove(_ path: String) throws(Problem) {
        guard FileManager.default.fileExists(atPath: path) else { return }
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            throw unusable(path, "was not removed", words(error))
        }
    }

    private static func unusable(_ path: String, _ what: String, _ words: String) -> Problem {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        return Problem(
            .fileUnusable,
            at: .file(path),
            what,
            detail: "The system says: \(words).",
            hint: "see who may use it with: ls -la '\(folder)'"
        )
    }

    private static func words(_ code: Int32) -> String { String(cString: strerror(code)) }

    /// Foundation's sentence, without the stop that ours ends in.
    private static func words(_ error: any Error) -> String {
        let sentence = error.localizedDescription
        return sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
    }
}
