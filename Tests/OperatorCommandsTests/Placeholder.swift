enum OperatorCommandsTestsPlaceholder {}
