/// A stdio server that answers every request in the same way, as `initialize` would be.
enum PlainServer {
    static let script = #"""
        while read -r line; do
          id=$(printf '%s' "$line" | sed -n 's/.*"id":\([^,]*\),.*/\1/p')
          [ -n "$id" ] || continue
          printf '{"jsonrpc":"2.0","id":%s,"result":{"protocolVersion":"2025-11-25","capabilities":{}}}\n' "$id"
        done
        """#
}
