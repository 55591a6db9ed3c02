enum MCPWirePlaceholder {}
