/// The file's `regions` section.
enum RegionsDraft {
    case absent
    /// There, but already a problem.
    case unreadable
    case read([RegionDraft])

    var read: [RegionDraft] {
        guard case .read(let drafts) = self else { return [] }
        return drafts
    }
}
