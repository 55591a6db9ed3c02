/// The result of `tools/list`.
struct Catalogue: Encodable {
    let tools: [Entry]

    struct Entry: Encodable {
        let name: String
        let description: String
        let inputSchema: Schema
    }

    struct Schema: Encodable {
        let type = "object"
        let properties: [String: Property]
        let required: [String]
    }

    struct Property: Encodable {
        let type: String
        let description: String
    }

    static let complete = Catalogue(tools: [
        Entry("echo", "Gives the text back.", ["text": Property(type: "string", description: "Any text.")]),
        Entry("count", "Counts the calls in this session: 1, 2, 3 and so on."),
        Entry(
            "slow",
            "Takes its time and reports progress after each step.",
            [
                "seconds": Property(type: "number", description: "How long, from 0 to 3600."),
                "steps": Property(type: "integer", description: "In how many steps, from 1 to 1000; 1 if left out."),
            ],
            required: ["seconds"]
        ),
        Entry(
            "ask",
            "Asks the person (or, failing that, the model) at the client and gives the answer back.",
            ["question": Property(type: "string", description: "The question.")]
        ),
        Entry("where", "Names the replica and the process that answer."),
    ])
}

extension Catalogue.Entry {
    /// Every property is required unless `required` says otherwise.
    init(
        _ name: String,
        _ description: String,
        _ properties: [String: Catalogue.Property] = [:],
        required: [String]? = nil
    ) {
        self.init(
            name: name,
            description: description,
            inputSchema: Catalogue.Schema(properties: properties, required: required ?? properties.keys.sorted())
        )
    }
}
