"""Certificates for the length of one test."""

import datetime
import ipaddress

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization


def certificate(name, key, authority=None, signed_by=None, addresses=(), names=(), days=1):
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
        .not_valid_after(today + datetime.timedelta(days=days, hours=1))
        .add_extension(x509.BasicConstraints(ca=authority is None, path_length=None), critical=True)
    )
    subjects = [x509.IPAddress(ipaddress.ip_address(address)) for address in addresses]
    subjects += [x509.DNSName(name) for name in names]
    if subjects:
        builder = builder.add_extension(x509.SubjectAlternativeName(subjects), critical=False)
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
