/// The params of `elicitation/create`: one question with one text as its answer (MCP 2025-06-18, Elicitation).
struct Question: Encodable {
    let message: String
    let requestedSchema = Catalogue.Schema(
        properties: ["answer": Catalogue.Property(type: "string", description: "The answer.")],
        required: ["answer"]
    )
}
