import FleetModel
import Foundation
import Subprocess
import SystemPackage

extension Companions {
    /// Real processes, each in a group of its own: Ctrl-C is this program's to hear.
    static let live = Companions(
        run: { program throws(Problem) in
            do {
                let log = try openLog(of: program)
                let result = try await Subprocess.run(
                    .path(FilePath(program.words[0])), arguments: arguments(of: program),
                    environment: environment(of: program), workingDirectory: FilePath(program.folder),
                    platformOptions: options(for: program), input: .none,
                    output: .fileDescriptor(log, closeAfterSpawningProcess: true), error: .combinedWithOutput
                )
                return code(result.terminationStatus)
            } catch {
                throw unusable(program, error)
            }
        },
        hold: { program, work in
            let log: FileDescriptor
            do {
                log = try openLog(of: program)
            } catch {
                throw unusable(program, error)
            }
            let result = try await Subprocess.run(
                .path(FilePath(program.words[0])), arguments: arguments(of: program),
                environment: environment(of: program), workingDirectory: FilePath(program.folder),
                platformOptions: options(for: program), input: .inputWriter,
                output: .fileDescriptor(log, closeAfterSpawningProcess: true), error: .combinedWithOutput
            ) { execution in
                // What the work threw is thrown once the program has ended.
                let outcome: Result<Void, any Error>
                do {
                    outcome = .success(try await work())
                } catch {
                    outcome = .failure(error)
                }
                await execution.teardown(using: steps(for: program))
                return outcome
            }
            try result.closureResult.get()
            return code(result.terminationStatus)
        }
    )

    private static func arguments(of program: CompanionProgram) -> Arguments {
        Arguments(Array(program.words.dropFirst()))
    }

    private static func environment(of program: CompanionProgram) -> Environment {
        .custom(
            Dictionary(uniqueKeysWithValues: program.environment.map { (Environment.Key(stringLiteral: $0), $1) }))
    }

    private static func options(for program: CompanionProgram) -> PlatformOptions {
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = steps(for: program)
        return options
    }

    private static func steps(for program: CompanionProgram) -> [TeardownStep] {
        [.send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: program.grace)]
    }

    private static func openLog(of program: CompanionProgram) throws -> FileDescriptor {
        try FileDescriptor.open(
            FilePath(program.log), .writeOnly, options: [.create, .append, .closeOnExec], permissions: .ownerReadWrite)
    }

    private static func code(_ status: TerminationStatus) -> Int32 {
        switch status {
        case .exited(let code): code
        case .signaled(let signal): 128 + signal
        }
    }

    private static func unusable(_ program: CompanionProgram, _ error: any Error) -> Problem {
        Problem(
            .unavailable, at: .file(program.words[0]), "could not be run", detail: "\(error)",
            hint: "see whether it runs by itself, and whether \(program.log) can be written"
        )
    }
}
