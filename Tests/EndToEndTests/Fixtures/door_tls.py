"""Keys fetched over TLS, from an issuer whose authority is believed or is not: door_tls.py GATEWAY SERVER"""

import datetime
import ipaddress
import json
import pathlib
import subprocess
import sys
import tempfile

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from door_client import PUBLIC, initialize_with
from gateways import Gateway, free_port
from issuer import Issuer


def certificate(name, key, authority=None, signed_by=None, addresses=()):
    """One that is valid today; its own authority where none is given."""
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    today = datetime.datetime.now(datetime.timezone.utc)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(authority.subject if authority else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - datetime.timedelta(days=1))
        .not_valid_after(today + datetime.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=authority is None, path_length=None), critical=True)
    )
    if addresses:
        names = [x509.IPAddress(ipaddress.ip_address(address)) for address in addresses]
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return builder.sign(signed_by or key, hashes.SHA256())


def write(folder, name, key, made):
    """The paths of a certificate and its key as PEM files."""
    paths = [folder / f"{name}.pem", folder / f"{name}.key"]
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    paths[1].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    )
    return [str(path) for path in paths]


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
