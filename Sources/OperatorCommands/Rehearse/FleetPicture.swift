import FleetModel

/// The rehearsed fleet as boxes: what a client's request meets, region by region.
struct FleetPicture {
    private let fleet: Fleet
    private let regions: [Region]

    init(_ fleet: Fleet, _ answer: RehearsalAnswer) {
        self.fleet = fleet
        regions = fleet.regions.filter { answer.regions.contains($0.name) }
    }

    var html: String {
        let name =
            fleet.domain.isEnabled ? ["<p class=\"arrow\">\(RehearsalPage.escaped(fleet.domain.host)) ↓</p>"] : []
        return
            (["<p class=\"clients\">MCP clients</p>"] + name + ["<div class=\"fleet\">"] + regions.map(box) + ["</div>"])
            .joined(separator: "\n")
    }

    /// The same words as in the fleet's diagram.
    private func box(_ region: Region) -> String {
        let parts = FleetDiagram(fleet, regions: [region]).parts(of: region)
        func boxes(_ parts: [[String]]) -> [String] {
            parts.map { "<p class=\"box\">" + $0.map(RehearsalPage.escaped).joined(separator: "<br>") + "</p>" }
        }
        return "<div><h3>\(region.name)</h3>\n"
            + boxes(parts.way).joined(separator: "<p class=\"arrow\">↓</p>\n")
            + "<p class=\"arrow\">with</p>\n" + boxes(parts.beside).joined(separator: "\n") + "</div>"
    }
}
