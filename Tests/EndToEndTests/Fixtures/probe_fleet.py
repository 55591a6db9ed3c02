"""`slipway probe` about a fleet with a domain, whose one region has its balancer on this machine.

An AWS that knows one region answers on a loopback port, and the balancer on 127.0.0.1:443 with a certificate for
mcp.example.test; where this user may not listen there, the answer is {"skipped": true}.
probe_fleet.py SLIPWAY
"""

import http.server
import json
import pathlib
import ssl
import subprocess
import sys
import tempfile
import threading

from certificates import certificate, write
from cryptography.hazmat.primitives.asymmetric import ec

HOST = "mcp.example.test"
seen = []


class Balancer(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        seen.append([self.headers["host"], self.connection.server_name_asked])
        self.answer(200)

    def do_DELETE(self):
        self.answer(204)

    def do_POST(self):
        message = json.loads(self.rfile.read(int(self.headers["content-length"])))
        if message["method"] == "initialize":
            result = {"protocolVersion": "2025-11-25", "capabilities": {}, "serverInfo": {"name": "x", "version": "1"}}
            body = json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": result}).encode()
            return self.answer(200, body, content_type="application/json", mcp_session_id="s")
        if message["method"] == "server/discover":
            body = json.dumps({"jsonrpc": "2.0", "id": message["id"], "error": {"code": -32601, "message": "no"}}).encode()
            return self.answer(404, body, content_type="application/json")
        self.answer(202)

    def log_message(self, *_):
        pass


class AWS(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        target = self.headers.get("x-amz-target", "")
        if target.endswith("DescribeServices"):
            answer = json.dumps({"services": [{"status": "ACTIVE", "desiredCount": 1, "runningCount": 1}]})
        elif target:
            answer = json.dumps({"ScalableTargets": []})
        else:
            action = body.split("Action=")[1].split("&")[0]
            answer = (f"<R><{action}Result><LoadBalancers><member><DNSName>127.0.0.1</DNSName><LoadBalancerArn>a"
                      f"</LoadBalancerArn></member></LoadBalancers></{action}Result></R>")
        self.send_response(200)
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer.encode())

    def log_message(self, *_):
        pass


class Named(ssl.SSLSocket):
    server_name_asked = None


def serve(handler, port, context=None):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    server.daemon_threads = True
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_port


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(2)]
        authority = certificate("an authority", keys[0])
        paths = write(folder, "authority", keys[0], authority)
        mine = write(folder, "mine", keys[1], certificate(HOST, keys[1], authority, keys[0], names=[HOST], days=40))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.sslsocket_class = Named
        context.load_cert_chain(*mine)
        context.sni_callback = lambda connection, asked, _: setattr(connection, "server_name_asked", asked)
        try:
            serve(Balancer, 443, context)
        except OSError:
            return print(json.dumps({"skipped": True, "seen": [], "code": 0, "out": "", "err": ""}))
        aws = serve(AWS, 0)
        (folder / "slipway.yaml").write_text(
            "project_name: a\nserver: { command: [x] }\nregions: { eu-west-1: {} }\n"
            "domain: { enable_domain: true, domain_name: example.test }\n")
        run = subprocess.run(
            [sys.argv[1], "probe"], cwd=folder, capture_output=True, text=True, timeout=100,
            env={"AWS_ENDPOINT_URL": f"http://127.0.0.1:{aws}", "AWS_CA_BUNDLE": paths[0], "HOME": name,
                 "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"})
        print(json.dumps({"skipped": False, "seen": seen, "code": run.returncode, "out": run.stdout, "err": run.stderr}))


if __name__ == "__main__":
    main()
