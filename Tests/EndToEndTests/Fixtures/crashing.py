"""A server that never comes up, to the end of its gateway: crashing.py GATEWAY COMMAND…"""

import http.client
import json
import sys
import time

from gateway_process import Gateway

INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "raw", "version": "1"}},
}


def ask(gateway, verb, path, body=None):
    host, port = gateway.address.split(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=10)
    headers = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}
    started = time.monotonic()
    connection.request(verb, path, None if body is None else json.dumps(body).encode(), headers)
    response = connection.getresponse()
    text = response.read()
    connection.close()
    return response.status, json.loads(text), time.monotonic() - started


program, *command = sys.argv[1:]
with Gateway(program, ["--exit-when-unhealthy", "2"], command) as gateway:
    before = ask(gateway, "GET", "/health")
    answers, slowest = [], 0
    end = time.monotonic() + 60
    while time.monotonic() < end:
        status, answer, seconds = ask(gateway, "POST", "/mcp", INITIALIZE)
        slowest = max(slowest, seconds)
        answers.append([status, answer["id"], answer["error"]["code"], answer["error"]["message"]])
        health = ask(gateway, "GET", "/health")
        if health[0] != 200:
            break
        time.sleep(0.1)
    live = ask(gateway, "GET", "/livez")[0]
    status = gateway.wait(30)
    held = [each for each in answers if "the next start is tried in" in each[3]]
    print(json.dumps({
        "before": before[0],
        "isOneErrorEach": all(each[:3] == [200, 1, -32603] for each in answers),
        "tries": len(answers) - len(held),
        "held": len(held),
        "slowest": slowest,
        "firstWords": answers[0][3],
        "health": health[0],
        "status": health[1]["status"],
        "reason": health[1]["reason"],
        "failedStarts": health[1]["server"]["failedStarts"],
        "live": live,
        "exit": status,
        "lastWords": gateway.lines[-1],
    }))
