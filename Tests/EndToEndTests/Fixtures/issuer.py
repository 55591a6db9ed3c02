"""An authorization server for one test: metadata, keys, registration, codes and tokens. On loopback, in a thread."""

import base64
import hashlib
import http.server
import json
import ssl
import threading
import time
import urllib.parse

import jwt
from cryptography.hazmat.primitives.asymmetric import ec


class Issuer:
    """`certificate` and `key`: PEM files that make it speak TLS."""

    def __init__(self, audience, certificate=None, key=None):
        self.audience = audience
        self.keys = {"one": ec.generate_private_key(ec.SECP256R1())}
        self.asked = []
        self.codes = {}
        issuer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                issuer.get(self)

            def do_POST(self):
                issuer.post(self)

            def log_message(self, *arguments):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        scheme = "http"
        if certificate:
            scheme = "https"
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate, key)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.url = f"{scheme}://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def token(self, subject, scope="mcp:use", **changes):
        claims = {
            "iss": self.url,
            "sub": subject,
            "aud": self.audience,
            "exp": int(time.time()) + 300,
            "scope": scope,
        }
        return jwt.encode(claims | changes, self.keys["one"], algorithm="ES256", headers={"kid": "one"})

    def published(self):
        found = []
        for name, key in self.keys.items():
            fields = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(key.public_key()))
            found.append(fields | {"kid": name, "alg": "ES256", "use": "sig"})
        return {"keys": found}

    def metadata(self):
        return {
            "issuer": self.url,
            "jwks_uri": f"{self.url}/keys",
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "registration_endpoint": f"{self.url}/register",
            "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["none", "client_secret_post"],
        }

    def get(self, request):
        path, _, query = request.path.partition("?")
        self.asked.append(path)
        if path == "/.well-known/oauth-authorization-server":
            return answer(request, 200, self.metadata())
        if path == "/keys":
            return answer(request, 200, self.published())
        if path == "/authorize":
            asked = dict(urllib.parse.parse_qsl(query))
            code = hashlib.sha256(asked["state"].encode()).hexdigest()
            self.codes[code] = asked
            back = urllib.parse.urlencode({"code": code, "state": asked["state"]})
            request.send_response(302)
            request.send_header("Location", f"{asked['redirect_uri']}?{back}")
            request.send_header("Content-Length", "0")
            return request.end_headers()
        answer(request, 404, {})

    def post(self, request):
        path = request.path
        self.asked.append(path)
        body = request.rfile.read(int(request.headers["Content-Length"])).decode()
        if path == "/register":
            known = {"client_id": "the-client", "token_endpoint_auth_method": "none"}
            return answer(request, 201, json.loads(body) | known)
        if path == "/token":
            form = dict(urllib.parse.parse_qsl(body))
            asked = self.codes.pop(form["code"])
            proof = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest())
            if proof.decode().rstrip("=") != asked["code_challenge"]:
                return answer(request, 400, {"error": "invalid_grant"})
            scope = asked.get("scope", "")
            token = self.token("carol", scope=scope, aud=form.get("resource"))
            kind = {"access_token": token, "token_type": "Bearer", "expires_in": 300, "scope": scope}
            return answer(request, 200, kind)
        answer(request, 404, {})


def answer(request, status, document):
    body = json.dumps(document).encode()
    request.send_response(status)
    request.send_header("Content-Type", "application/json")
    request.send_header("Content-Length", str(len(body)))
    request.end_headers()
    request.wfile.write(body)
