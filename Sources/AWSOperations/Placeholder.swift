enum AWSOperationsPlaceholder {}
