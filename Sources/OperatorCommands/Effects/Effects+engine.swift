extension Effects {
    /// The container engines that may be used, in the order they are looked for; `SLIPWAY_ENGINE` names one.
    var engineNames: [String] { environment()["SLIPWAY_ENGINE"].map { [$0] } ?? ["docker", "podman"] }
}
