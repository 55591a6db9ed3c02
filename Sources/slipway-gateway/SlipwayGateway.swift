import ArgumentParser
import GatewayRuntime

/// The program's entry: everything it does lives in `GatewayRuntime`.
@main
enum SlipwayGateway {
    static func main() async { await GatewayCommand.main() }
}
