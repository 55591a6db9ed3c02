enum GatewayRuntimePlaceholder {}
