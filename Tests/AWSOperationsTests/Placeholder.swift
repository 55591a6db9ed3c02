enum AWSOperationsTestsPlaceholder {}
