import Crypto

/// Bytes as small hexadecimal digits.
enum Hex {
    static func byte(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }

    static func sha256(_ bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).map(byte).joined()
    }
}
