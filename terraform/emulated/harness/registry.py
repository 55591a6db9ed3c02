"""A registry of images on loopback that anybody may ask, once they have the token that anybody is given."""

import http.server
import json
import threading

DIGEST = "sha256:" + "5e" * 32


class Registry:
    """Has one image, `my-org/my-mcp:1.1`."""

    def __enter__(self):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self.host = f"127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_HEAD(self):
        if self.headers.get("authorization") != "Bearer everybody":
            realm = f'Bearer realm="http://127.0.0.1:{self.server.server_port}/token",service="here"'
            return self._answer(401, {"www-authenticate": realm})
        if self.path != "/v2/my-org/my-mcp/manifests/1.1":
            return self._answer(404, {})
        # As registries answer HEAD: with the length of what GET would have.
        return self._answer(200, {"docker-content-digest": DIGEST, "content-length": "1234"})

    def do_GET(self):
        assert self.path == "/token?scope=repository%3Amy-org%2Fmy-mcp%3Apull&service=here", self.path
        body = json.dumps({"token": "everybody"}).encode()
        self._answer(200, {"content-length": str(len(body))})
        self.wfile.write(body)

    def _answer(self, status, headers):
        self.send_response(status)
        for name, value in ({"content-length": "0"} | headers).items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_):
        pass
