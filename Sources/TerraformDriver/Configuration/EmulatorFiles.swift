/// The program of the emulated AWS that rehearsals use, as this program carries it: what is started, what it adds to
/// the emulator, and what pip installs for it (terraform/emulated/extensions).
package enum EmulatorFiles {
    /// The texts by file name.
    package static let textByName: [String: String] = {
        let prefix = "emulated/extensions/"
        let files = TerraformFiles.textByPath.filter { $0.key.hasPrefix(prefix) }
        return Dictionary(uniqueKeysWithValues: files.map { (String($0.key.dropFirst(prefix.count)), $0.value) })
    }()
}
