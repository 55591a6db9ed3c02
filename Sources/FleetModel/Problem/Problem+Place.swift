extension Problem {
    /// Where a problem lies: in a file the operator wrote, or in a region of AWS.
    package enum Place: Equatable, Sendable {
        /// Lines and columns count from 1; a column counts Unicode scalars, as YAML does.
        case file(String, line: Int? = nil, column: Int? = nil)
        case region(String, service: String? = nil)
    }
}
