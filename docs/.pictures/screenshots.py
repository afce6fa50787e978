"""Take the screenshots of the README and the manual, of the example in Chromium: `python3 run.py screenshots`."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "docs" / "assets" / "screenshots"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
#: Chromium asks nobody outside for anything.
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync")
#: Enough for a page in few tones, with soft edges; a third of the bytes.
COLOURS = 128


@dataclass(frozen=True)
class Shot:
    """A picture by its name: of the top of which page, how large, and how sharp."""

    name: str
    page: str
    width: int = 1280
    height: int = 800
    scale: float = 1.5


SHOTS = (
    Shot("seller", "sellers/moses-frase", height=1400),
    Shot("leader", "leaders/dustin-brinkmann"),
    Shot("team", "teams/central-brinkmann"),
    Shot("landmarks", "landmarks"),
    Shot("seller-phone", "sellers/moses-frase", width=360, height=740, scale=1),
    Shot("leader-phone", "leaders/dustin-brinkmann", width=360, height=740, scale=1),
)


def main() -> int:
    """Build the example, take every picture in light and dark, and return the exit code."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        print("the screenshots need Chromium; install it, e.g. with apt install chromium", file=sys.stderr)
        return 2
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as engine:
        build(Path(folder))
        browser = engine.chromium.launch(executable_path=chromium, args=list(QUIET))
        with served(Path(folder)) as address:
            for path, png in pictures(browser, address):
                path.write_bytes(smaller(png))
                print(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes")
        browser.close()
    return 0


def build(folder: Path) -> None:
    """Build the example's site."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder)]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, check=True)


class Handler(SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine, and give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def pictures(browser: Browser, address: str) -> Iterator[tuple[Path, bytes]]:
    """Yield each picture's file and PNG."""
    for scheme in SCHEMES:
        for shot in SHOTS:
            size = {"width": shot.width, "height": shot.height}
            context = browser.new_context(
                viewport=size,  # type: ignore[arg-type]
                device_scale_factor=shot.scale,
                color_scheme=scheme,
                reduced_motion="reduce",
                locale="en-GB",
            )
            page = context.new_page()
            page.goto(f"{address}/{shot.page}/", wait_until="networkidle")
            yield FOLDER / f"{shot.name}-{scheme}.png", page.screenshot(animations="disabled")
            context.close()


def smaller(png: bytes) -> bytes:
    """Return a PNG with a palette of few colours."""
    image, out = Image.open(io.BytesIO(png)).convert("RGB"), io.BytesIO()
    image.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
