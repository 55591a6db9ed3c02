"""What a fleet finds in any account: POST /_harness/ground with {"zone", "zone_id", "bucket", "bucket_region"}, each of
which may be missing or null, makes the hosted zone of its domain, by an id if there is one, and the bucket of its states.
"""

from ministack.core.responses import get_account_id, request_scope
from ministack.services import route53, s3

_ZONE = """<CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/">
<Name>{zone}</Name><CallerReference>ground</CallerReference></CreateHostedZoneRequest>"""


def lay(wanted):
    with request_scope(get_account_id(), wanted.get("bucket_region") or "us-east-1"):
        if wanted.get("zone"):
            _make_zone(wanted["zone"], wanted.get("zone_id"))
        if wanted.get("bucket"):
            s3._create_bucket(wanted["bucket"], b"")


def _make_zone(name, id):
    route53._create_hosted_zone(_ZONE.format(zone=name).encode(), {})
    given = route53._caller_refs["ground"]
    if id:
        for store in (route53._zones, route53._records):
            store[id] = store.pop(given)
        route53._zones[id]["id"] = route53._caller_refs["ground"] = id
