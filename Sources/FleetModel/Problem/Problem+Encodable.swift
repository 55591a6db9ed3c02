extension Problem: Encodable {
    private enum CodingKeys: String, CodingKey {
        case kind, file, line, column, region, service, summary, detail, hint
    }

    package func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(kind, forKey: .kind)
        switch place {
        case .file(let file, let line, let column):
            try fields.encode(file, forKey: .file)
            try fields.encodeIfPresent(line, forKey: .line)
            try fields.encodeIfPresent(column, forKey: .column)
        case .region(let region, let service):
            try fields.encode(region, forKey: .region)
            try fields.encodeIfPresent(service, forKey: .service)
        case nil:
            break
        }
        try fields.encode(summary, forKey: .summary)
        try fields.encodeIfPresent(detail, forKey: .detail)
        try fields.encodeIfPresent(hint, forKey: .hint)
    }
}
