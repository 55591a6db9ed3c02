import FleetModel

/// One line that Terraform wrote: what happened, and the words the log keeps of it.
package struct TerraformLine: Equatable, Sendable {
    package let event: TerraformEvent
    package let words: String

    /// A line that is not JSON, as of a provider that could not be started, is kept as it is.
    package init(_ text: String) {
        guard text.first == "{", let read = Fields(json: text.utf8) else {
            event = .other
            words = text
            return
        }
        event = read.event
        let detail = read.diagnostic?.detail ?? ""
        words = ["\(read.timestamp ?? "") \(read.message ?? text)", detail].filter { !$0.isEmpty }
            .joined(separator: "\n")
    }

    private struct Fields: Decodable {
        let message: String?
        let timestamp: String?
        let type: String?
        let change: Change?
        let hook: Hook?
        let changes: Count?
        let diagnostic: Diagnostic?

        enum CodingKeys: String, CodingKey {
            case message = "@message"
            case timestamp = "@timestamp"
            case type, change, hook, changes, diagnostic
        }

        var event: TerraformEvent {
            switch type {
            case "planned_change": change.map { .planned($0.change) } ?? .other
            case "resource_drift": change.map { .drifted($0.change) } ?? .other
            case "change_summary": changes.map { .summed($0.count) } ?? .other
            case "apply_start": hook.map { .began($0.change) } ?? .other
            case "apply_progress": hook.map { .goesOn($0.change, seconds: $0.seconds) } ?? .other
            case "apply_complete": hook.map { .done($0.change, seconds: $0.seconds) } ?? .other
            case "apply_errored": hook.map { .failed($0.change) } ?? .other
            case "diagnostic": diagnostic.map { .diagnostic($0.value) } ?? .other
            default: .other
            }
        }
    }

    private struct Resource: Decodable {
        let addr: String
    }

    private struct Change: Decodable {
        let resource: Resource
        let action: String
        var reason: String?

        var change: ResourceChange {
            ResourceChange(
                address: resource.addr, action: ResourceChange.Action(rawValue: action) ?? .update,
                isTainted: reason == "tainted")
        }
    }

    private struct Hook: Decodable {
        let resource: Resource
        let action: String
        let elapsed_seconds: Double?

        var change: ResourceChange { Change(resource: resource, action: action).change }
        var seconds: Int { Int(elapsed_seconds ?? 0) }
    }

    private struct Count: Decodable {
        let add: Int
        let change: Int
        let remove: Int
        let `import`: Int?

        var count: ChangeCount { ChangeCount(add: add, change: change, remove: remove, import: self.import ?? 0) }
    }

    private struct Diagnostic: Decodable {
        let severity: String
        let summary: String
        let detail: String?
        let address: String?

        var value: TerraformDiagnostic {
            TerraformDiagnostic(
                isError: severity == "error", summary: summary, detail: detail ?? "", address: address)
        }
    }
}
