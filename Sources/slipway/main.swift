import Foundation
import OperatorCommands

exit(await Root.run(arguments: Array(CommandLine.arguments.dropFirst()), effects: .live))
