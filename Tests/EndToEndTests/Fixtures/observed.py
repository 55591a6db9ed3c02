"""What a gateway shows of itself: observed.py GATEWAY SERVER…

Two replicas of one fleet serve a session; the second is reached for calls that the first has to answer."""

import json
import os
import re
import sys
import time
import urllib.request

from gateway_process import Gateway
from prometheus_client.parser import text_string_to_metric_families
from raw_mcp import Session

program, *command = sys.argv[1:]
environment = os.environ | {"SLIPWAY_FLEET_KEY": "observed-" + "k" * 40}
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
PARENT = f"00-{TRACE}-00f067aa0ba902b7-01"
SECRET = "a-payload-nobody-may-log"
UNITS = {"Count", "Bytes", "Milliseconds"}


def scraped(gateway):
    """The page as Prometheus's own parser reads it: {name: {labels: value}}, and the kinds."""
    place = gateway.wait_for("serving metrics", r'"address":"([^"]+)"')[1]
    with urllib.request.urlopen(f"http://{place}/metrics", timeout=20) as response:
        media, text = response.headers["Content-Type"], response.read().decode()
    families = list(text_string_to_metric_families(text))
    samples = {}
    for family in families:
        if not family.documentation or family.type == "unknown":
            raise SystemExit(f"{family.name} has no HELP or TYPE")
        for sample in family.samples:
            key = sample.name + json.dumps(sorted(sample.labels.items()))
            if key in samples:
                raise SystemExit(f"{key} is given twice")
            samples[key] = sample.value
    return media, {f.name: f.type for f in families}, samples


def value(samples, name, **labels):
    return samples.get(name + json.dumps(sorted(labels.items())))


def embedded(gateway):
    """The first line of embedded metrics, held against the specification."""
    gateway.wait_for('"CloudWatchMetrics"', "")
    line = next(each for each in gateway.objects() if "_aws" in each)
    metadata = line["_aws"]
    faults = []
    if abs(metadata["Timestamp"] - time.time() * 1000) > 60_000:
        faults.append("Timestamp")
    for directive in metadata["CloudWatchMetrics"]:
        if directive["Namespace"] != "Slipway" or len(directive["Metrics"]) > 100:
            faults.append("directive")
        for dimensions in directive["Dimensions"]:
            faults += [name for name in dimensions if not isinstance(line.get(name), str)]
        for metric in directive["Metrics"]:
            given = line.get(metric["Name"])
            values = given if isinstance(given, list) else [given]
            if not values or len(values) > 100 or not all(isinstance(each, (int, float)) for each in values):
                faults.append(metric["Name"])
            if metric["Unit"] not in UNITS:
                faults.append(metric["Unit"])
    return faults, line["Service"]


options = ["--metrics-port", "0", "--metrics-emf", "--metrics-emf-interval", "1", "--metrics-service", "echo"]
with Gateway(program, options, command, environment) as owner, Gateway(program, options, command, environment) as other:
    session = Session(owner.url)
    session.initialize()
    away = Session(other.url, session=session.session)
    headers = {"traceparent": PARENT, "tracestate": "a=b", "baggage": "c=d"}
    status, fields, _ = away.post(
        {"jsonrpc": "2.0", "id": 5, "method": "tools/call", "params": {"name": "echo", "arguments": {"text": SECRET}}},
        **headers,
    )
    named = fields["X-Request-Id"]
    local_status, _, _ = session.post(
        {"jsonrpc": "2.0", "id": 6, "method": "tools/call", "params": {"name": "echo", "arguments": {"text": SECRET}}}
    )
    unknown = Session(other.url, session="not-a-session").post({"jsonrpc": "2.0", "id": 1, "method": "ping"})[0]
    media, kinds, samples = scraped(owner)
    _, _, samples_away = scraped(other)
    faults, service = embedded(owner)
    statuses = [owner.end(), other.end()]
    lines = {name: [each for each in one.objects() if each.get("message") == "request"]
             for name, one in {"owner": owner, "other": other}.items()}
    call = next(each for each in lines["owner"] if each.get("received"))
    passed = next(each for each in lines["other"] if each.get("forwarded"))
    refused = next(each for each in lines["other"] if each["outcome"] == "refused")
    everything = "\n".join(owner.lines + other.lines)
    echo = {"era": "legacy", "method": "tools/call", "tool": "echo", "outcome": "ok"}
    print(json.dumps({
        "statuses": [status, local_status, unknown, *statuses],
        "media": media,
        "kinds": sorted(set(kinds.values())),
        "families": len(kinds),
        "calls": value(samples, "slipway_calls_total", **echo),
        "callsAway": value(samples_away, "slipway_calls_total", **echo),
        "received": value(samples, "slipway_calls_received_total"),
        "forwarded": value(samples_away, "slipway_calls_forwarded_total"),
        "latency": value(samples, "slipway_call_duration_seconds_bucket", method="tools/call", le="+Inf"),
        "refused": value(samples_away, "slipway_refused_total", reason="unknown_session"),
        "children": value(samples, "slipway_children"),
        "memory": value(samples, "process_resident_memory_bytes"),
        "emfFaults": faults,
        "emfService": service,
        "names": [named, call["request"], passed["request"]],
        "owners": [call["owner"] == owner.address, passed["owner"] == owner.address],
        "sessions": [call["session"], passed["session"]],
        "call": {key: call[key] for key in ("http", "era", "revision", "method", "tool", "outcome")},
        "hasDuration": 0 < call["duration_ms"] < 60_000,
        "refusedReason": refused["reason"],
        "timesAreUTC": all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", each["time"])
                           for each in lines["owner"]),
        "leaks": [what for what in (SECRET, session.session, "observed-kkk") if what in everything],
    }))
