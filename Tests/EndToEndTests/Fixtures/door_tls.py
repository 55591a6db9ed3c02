"""Keys fetched over TLS, from an issuer whose authority is believed or is not: door_tls.py GATEWAY SERVER"""

import json
import pathlib
import subprocess
import sys
import tempfile

from cryptography.hazmat.primitives.asymmetric import ec
from certificates import certificate, write
from door_client import PUBLIC, initialize_with
from gateways import Gateway, free_port
from issuer import Issuer


def status_with(issuer, *flags, **variables):
    """What a token of the issuer is answered with."""
    port = free_port()
    common = ["--jwt-issuer", issuer.url, "--jwt-audience", PUBLIC, "--public-url", PUBLIC]
    common += ["--allow-host", "127.0.0.1"]
    gateway = Gateway(program, server, port, *common, *flags, **variables)
    gateway.wait_until_ready()
    try:
        return initialize_with(gateway, issuer.token("alice"))
    finally:
        gateway.kill()


def refused_flag(path):
    """What is said of a file that holds no certificate."""
    words = [program, "--jwt-issuer", "https://issuer.example", "--jwt-audience", "a", "--public-url", PUBLIC]
    outcome = subprocess.run([*words, "--jwks-ca", path, "--", server], capture_output=True, text=True, timeout=20)
    return outcome.stderr


program, server = sys.argv[1:]
with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    root_key, other_key, leaf_key, stray_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(4))
    root, other = certificate("the authority", root_key), certificate("another authority", other_key)
    leaf = certificate("leaf", leaf_key, root, root_key, ["127.0.0.1"])
    stray = certificate("stray", stray_key, root, root_key, ["127.0.0.2"])
    authority, _ = write(folder, "root", root_key, root)
    stranger, _ = write(folder, "other", other_key, other)
    issuer = Issuer(PUBLIC, *write(folder, "leaf", leaf_key, leaf))
    misnamed = Issuer(PUBLIC, *write(folder, "stray", stray_key, stray))
    answers = {
        "byFlag": status_with(issuer, "--jwks-ca", authority),
        "byVariable": status_with(issuer, SSL_CERT_FILE=authority),
        "byTheSystem": status_with(issuer),
        "byAnother": status_with(issuer, "--jwks-ca", stranger),
        "misnamed": status_with(misnamed, "--jwks-ca", authority),
        "refusal": refused_flag(str(folder / "nothing.pem")),
    }
print(json.dumps(answers))
