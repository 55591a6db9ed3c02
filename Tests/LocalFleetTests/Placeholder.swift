enum LocalFleetTestsPlaceholder {}
