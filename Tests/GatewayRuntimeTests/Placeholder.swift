enum GatewayRuntimeTestsPlaceholder {}
