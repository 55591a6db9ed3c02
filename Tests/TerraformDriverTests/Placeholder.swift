enum TerraformDriverTestsPlaceholder {}
