import ArgumentParser

/// A program that speaks MCP and that we can write an entry for.
enum MCPClientKind: String, CaseIterable, ExpressibleByArgument, Sendable {
    case claudeCode = "claude-code"
    case claudeDesktop = "claude-desktop"
    case cursor
    case vscode
    case windsurf
    case zed
    case curl

    var name: String {
        switch self {
        case .claudeCode: "Claude Code"
        case .claudeDesktop: "Claude Desktop"
        case .cursor: "Cursor"
        case .vscode: "VS Code"
        case .windsurf: "Windsurf"
        case .zed: "Zed"
        case .curl: "curl"
        }
    }

    /// Where its entry belongs; nil for a command.
    var file: String? {
        switch self {
        case .claudeCode: ".mcp.json"
        case .claudeDesktop: "claude_desktop_config.json"
        case .cursor: ".cursor/mcp.json"
        case .vscode: ".vscode/mcp.json"
        case .windsurf: "~/.codeium/windsurf/mcp_config.json"
        case .zed: "settings.json"
        case .curl: nil
        }
    }
}
