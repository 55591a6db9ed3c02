"""Whether requests were signed as botocore signs them (AWS Signature Version 4)."""

import re

from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from harness.emulator import CREDENTIALS

_AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256 Credential=test/\d{8}/([^/]+)/([^/]+)/aws4_request, ?SignedHeaders=([^,]+), ?Signature=(\w+)")


def assert_signed_as_botocore_does(requests):
    """Signs each request of slipway anew and compares; returns the services and the regions that were met."""
    met = set()
    for method, url, headers, body in requests:
        # Terraform's own client signs its uploads in pieces.
        if "aws-sdk-go" in headers.get("user-agent", "").lower() or "authorization" not in headers:
            continue
        region, service, signed, signature = _AUTHORIZATION.fullmatch(headers["authorization"]).groups()
        request = AWSRequest(method=method, url=url, data=body, headers={
            name: headers[name] for name in signed.split(";") if name != "host"})
        request.context["timestamp"] = headers["x-amz-date"]
        kind = S3SigV4Auth if service == "s3" else SigV4Auth
        botocore = kind(Credentials(*CREDENTIALS.values()), service, region)
        assert botocore.signed_headers(botocore.headers_to_sign(request)) == signed, url
        words = botocore.string_to_sign(request, botocore.canonical_request(request))
        assert botocore.signature(words, request) == signature, (method, url, signed)
        met.add((service, region))
    return met
