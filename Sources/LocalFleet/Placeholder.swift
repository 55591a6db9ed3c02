enum LocalFleetPlaceholder {}
