enum FleetModelTestsPlaceholder {}
