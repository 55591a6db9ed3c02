/// Whom a warm process serves: requests of equal ones may be served by the same process.
struct WarmClient: Equatable {
    let caller: Caller
    /// What the client declares, an object as JSON: the server is initialized with it, and asks for no more.
    let capabilities: String
}
