/// A part of the fleet file that has settings of its own.
enum Section: String, Sendable, CaseIterable {
    /// The top of the file.
    case fleet
    case server
    /// Settings that `defaults` gives to every region and a region may give itself.
    case defaults
    /// Settings that only make sense for one region.
    case regions
    case schedule
    case domain
    /// Where Terraform keeps what it made.
    case state

    /// The keys that open a section at the top of the file.
    static let openers: [Section] = [.server, .defaults, .regions, .schedule, .domain, .state]

    /// Where a setting of this section is written, in words.
    var whereabouts: String {
        switch self {
        case .fleet: "at the top of the file"
        case .server, .schedule, .domain, .state: "under `\(rawValue)`"
        case .defaults: "under `defaults` (for every region) or under one region"
        case .regions: "under a region, as it cannot be the same in two of them"
        }
    }

    /// The sections whose settings may be written here.
    var accepted: [Section] { self == .regions ? [.defaults, .regions] : [self] }
}
