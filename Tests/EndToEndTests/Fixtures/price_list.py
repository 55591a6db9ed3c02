"""Serves AWS's price list on this machine, runs `slipway cost --refresh` against it, and says what happened.

With --flood every answer goes on for ever.
"""

import http.server
import json
import pathlib
import subprocess
import sys
import tempfile
import threading

OFFERS = {
    "AmazonECS": [("APS1-Fargate-vCPU-Hours:perCPU", "", "0.0505600000"), ("APS1-Fargate-GB-Hours", "", "0.0055300000")],
    "AWSELB": [("APS1-LoadBalancerUsage", "LoadBalancing:Application", "0.0252"), ("APS1-LCUUsage", "LoadBalancing:Application", "0.008")],
    "AmazonVPC": [("APS1-PublicIPv4:InUseAddress", "", "0.0050000000"), ("APS1-VpcEndpoint-Hours", "VpcEndpoint", "0.013")],
    "AmazonCloudWatch": [("APS1-DataProcessing-Bytes", "PutLogEvents", "0.70"), ("APS1-TimedStorage-ByteHrs", "HourlyStorageMetering", "0.03")],
    "AWSSecretsManager": [("APS1-AWSSecretsManager-Secrets", "", "0.4000000000")],
    "awskms": [("ap-southeast-1-KMS-Keys", "", "1.0000000000")],
    "AWSDataTransfer": [("APS1-DataTransfer-Out-Bytes", "", "0.1200000000")],
}
asked = []


def document(path):
    if path == "/fargate-spot-prices.json":
        return {"prices": []}
    rows = OFFERS[path.split("/")[4]]
    return {
        "publicationDate": "2026-11-01T00:00:00Z",
        "products": {f"S{n}": {"attributes": {"usagetype": usage, "operation": operation}} for n, (usage, operation, _) in enumerate(rows)},
        "terms": {"OnDemand": {f"S{n}": {f"S{n}.T": {"priceDimensions": {"D": {"beginRange": "0", "pricePerUnit": {"USD": usd}}}}}
                               for n, (_, _, usd) in enumerate(rows)}},
    }


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        asked.append(self.path)
        self.send_response(200)
        if "--flood" in sys.argv:
            self.end_headers()
            try:
                while True:
                    self.wfile.write(b" " * (1 << 20))
            except OSError:
                return
        body = json.dumps(document(self.path)).encode()
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    (folder / "slipway.yaml").write_text("project_name: a\nserver: { command: [x] }\nregions: { ap-southeast-1: {} }\n")
    run = subprocess.run(
        [sys.argv[1], "cost", "--refresh", "--price-list", f"http://127.0.0.1:{server.server_port}"],
        cwd=folder, capture_output=True, text=True, timeout=100)
    kept = folder / ".slipway" / "prices.json"
    print(json.dumps({"asked": asked, "code": run.returncode, "out": run.stdout, "err": run.stderr,
                      "kept": kept.read_text() if kept.exists() else None}))
