enum MCPWireTestsPlaceholder {}
