"""Everything that runs in the comparison, and how each is started."""

import json
import secrets
import shlex
from collections.abc import Callable
from dataclasses import dataclass

from .client import Endpoint, free_port
from .process import MeasuredProcess
from .programs import PACKAGES
from .stage import Stage

FLEET_KEY = secrets.token_hex(32)


@dataclass
class Running:
    """A lane whose servers answer HTTP."""

    # The processes whose processor time and memory count.
    counted: list
    # Where sessions begin, and where their calls go: two replicas in the lane of forwarded calls.
    begins: Endpoint
    calls: Endpoint
    first_answer: float
    # Whether every call is answered with the same text, whatever it says.
    is_fixed: bool = False
    has_sessions: bool = True


@dataclass(frozen=True)
class Lane:
    key: str
    name: str
    start: Callable[[Stage], Running]
    # The package on PyPI, for a peer that comes from there.
    package: str | None = None


def gateway(stage: Stage, *options: str, upstream: str | None = None) -> tuple[MeasuredProcess, int, float]:
    """One replica: its process, its port and the seconds until /health said 200."""
    port = free_port()
    server = ["--upstream", upstream] if upstream else ["--", stage.tools.echo]
    words = [stage.tools.gateway, "--port", port, *options, *server]
    process, seconds = stage.start("Slipway", port, words, {"SLIPWAY_FLEET_KEY": FLEET_KEY}, wanted=200)
    return process, port, seconds


def slipway(stage: Stage) -> Running:
    process, port, seconds = gateway(stage)
    return Running([process], Endpoint(port), Endpoint(port), seconds)


def forwarded(stage: Stage) -> Running:
    owner, owner_port, seconds = gateway(stage)
    other, other_port, _ = gateway(stage)
    return Running([owner, other], Endpoint(owner_port), Endpoint(other_port), seconds)


def http(stage: Stage) -> Running:
    """The gateway before an HTTP server that knows the one answer: the one that nginx has in its own lane."""
    process, port, seconds = gateway(stage, upstream=f"http://127.0.0.1:{nginx_back(stage)}/mcp")
    return Running([process], Endpoint(port), Endpoint(port), seconds, is_fixed=True)


def mcp_proxy(stage: Stage) -> Running:
    options = ["--host", "127.0.0.1", "--log-level", "WARNING", "--", stage.tools.echo]
    return peer(stage, "mcp-proxy", lambda port: ["mcp-proxy", "--port", port, *options])


def translate(stage: Stage) -> Running:
    variables = {
        "JWT_SECRET_KEY": secrets.token_hex(32),
        "AUTH_ENCRYPTION_SECRET": secrets.token_hex(32),
        "DATABASE_URL": f"sqlite:///{stage.folder}/contextforge.db",
    }
    options = ["--stdio", shlex.quote(str(stage.tools.echo)), "--expose-streamable-http", "--jsonResponse"]
    words = ["python", "-m", "mcpgateway.translate", *options, "--host", "127.0.0.1", "--port"]
    return peer(stage, "mcp-contextforge-gateway", lambda port: [*words, port], variables)


def fastmcp(stage: Stage) -> Running:
    servers = {"mcpServers": {"default": {"command": str(stage.tools.echo), "args": []}}}
    file = stage.folder / "mcp.json"
    file.write_text(json.dumps(servers))
    options = ["--transport", "http", "--host", "127.0.0.1", "--no-banner", "--log-level", "WARNING"]
    return peer(stage, "fastmcp", lambda port: ["fastmcp", "run", file, *options, "--port", port])


def streamable_proxy(stage: Stage) -> Running:
    options = ["--host", "127.0.0.1", "--log-level", "warning", stage.tools.echo]
    return peer(stage, "mcp-streamablehttp-proxy", lambda port: ["mcp-streamablehttp-proxy", "--port", port, *options])


def peer(stage: Stage, package: str, words: Callable[[int], list], variables: dict | None = None) -> Running:
    """Starts a peer out of its own virtual environment."""
    port = free_port()
    program, *rest = words(port)
    folder = stage.tools.environments[package]
    process, seconds = stage.start(package, port, [folder / program, *rest], variables)
    return Running([process], Endpoint(port), Endpoint(port), seconds)


def nginx(stage: Stage) -> Running:
    """nginx passing the same bytes to an nginx that knows the one answer; only the first counts."""
    back, front = nginx_back(stage), free_port()
    proxy = (
        f"upstream back {{ server 127.0.0.1:{back}; keepalive 32; keepalive_requests 100000000; }} "
        f"server {{ listen 127.0.0.1:{front}; location / {{ proxy_pass http://back; "
        'proxy_http_version 1.1; proxy_set_header Connection ""; } }'
    )
    process, seconds = stage.start("nginx", front, nginx_words(stage, "front", proxy))
    return Running([process], Endpoint(front), Endpoint(front), seconds, is_fixed=True, has_sessions=False)


def nginx_back(stage: Stage) -> int:
    """The port of an nginx that answers every request with the answer to the first call."""
    port = free_port()
    text = "call " + "1".zfill(27)
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "result": {"content": [{"type": "text", "text": text}]}})
    answer = f"default_type application/json; location / {{ return 200 '{body}'; }}"
    stage.start("nginx", port, nginx_words(stage, "back", f"server {{ listen 127.0.0.1:{port}; {answer} }}"))
    return port


def nginx_words(stage: Stage, name: str, servers: str) -> list:
    folder = stage.folder / name
    folder.mkdir()
    places = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = " ".join(f"{place}_temp_path {folder}/{place};" for place in places)
    (folder / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log stderr;\n"
        "events { worker_connections 1024; }\n"
        f"http {{ access_log off; keepalive_requests 100000000; {temporary}\n{servers} }}\n"
    )
    return [stage.tools.nginx, "-p", folder, "-c", folder / "nginx.conf", "-e", "stderr"]


LANES = [
    Lane("slipway", "Slipway", slipway),
    Lane("forwarded", "Slipway, forwarded call (both replicas)", forwarded),
    Lane("http", "Slipway, HTTP server", http),
    Lane("mcp-proxy", f"mcp-proxy {PACKAGES['mcp-proxy']}", mcp_proxy, "mcp-proxy"),
    Lane(
        "translate",
        f"ContextForge translate {PACKAGES['mcp-contextforge-gateway']}",
        translate,
        "mcp-contextforge-gateway",
    ),
    Lane("fastmcp", f"FastMCP proxy {PACKAGES['fastmcp']}", fastmcp, "fastmcp"),
    Lane(
        "streamable-proxy",
        f"mcp-streamablehttp-proxy {PACKAGES['mcp-streamablehttp-proxy']}",
        streamable_proxy,
        "mcp-streamablehttp-proxy",
    ),
    Lane("nginx", "nginx, plain HTTP proxy", nginx),
]
