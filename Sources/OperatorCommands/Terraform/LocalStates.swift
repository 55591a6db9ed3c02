import FleetModel
import TerraformDriver

/// States that are kept in files, beside the fleet file and not among what may be thrown away.
enum LocalStates {
    static let folder = "slipway-state"
}

extension StatePlace {
    /// - Parameter local: the file of a state that is kept in none.
    func backend(local: String) -> TerraformCommand.Backend {
        switch self {
        case .files: .file(local)
        case .bucket(let bucket, let region): .bucket(bucket, region: region)
        }
    }
}

extension Effects {
    /// Writes files into a folder, those only that differ from what is there.
    func write(_ textByName: [String: String], to folder: String) throws(Problem) {
        try files.makeFolder(folder)
        for (name, text) in textByName where try files.read("\(folder)/\(name)") != text {
            try files.write("\(folder)/\(name)", text)
        }
    }
}
