enum TerraformDriverPlaceholder {}
