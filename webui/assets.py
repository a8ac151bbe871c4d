"""Files that browsers keep: each has its content's hash in its address, so it may be kept for ever."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from flask import Flask, Response, request, send_file, url_for

import kg

STATIC = Path(__file__).parent / "static"
VIS = "vis-network.min.js"
_WEEK, _YEAR = 604_800, 31_536_000


def init_app(app: Flask) -> None:
    app.jinja_env.globals["asset"] = asset
    app.add_url_rule(f"/static/{VIS}", "vis_network", vis_network)
    app.after_request(_keep)


def asset(name: str) -> str:
    """The address of a file under `static/`, with the hash of its content."""
    return url_for("static", filename=name, v=_hash(_file(name)))


def vis_network() -> Response:
    """The drawing library, out of the installed pyvis package; asking for its place imports nothing."""
    return send_file(_file(VIS), mimetype="text/javascript", conditional=True)


@cache
def build() -> str:
    """A short hash of all code, queries, templates and files: what else than the data can change an answer."""
    roots = (Path(__file__).parent, Path(kg.__path__[0]))
    files = (p for root in roots for p in root.rglob("*") if p.suffix in {".py", ".rq", ".html", ".css", ".js"})
    return _digest("".join(_hash(path) for path in sorted(files)).encode())


def _file(name: str) -> Path:
    if name != VIS:
        return STATIC / name
    spec = find_spec("pyvis")
    if spec is None or spec.origin is None:
        raise RuntimeError("The package pyvis is not installed.")
    return Path(spec.origin).parent / "templates/lib/vis-9.1.2" / VIS


@cache
def _hash(path: Path) -> str:
    return _digest(path.read_bytes())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


def _keep(response: Response) -> Response:
    if request.path.startswith("/static/") and response.status_code < 400:
        if request.args.get("v"):
            response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
        elif request.path.endswith(".woff2"):  # named in the stylesheet, which knows no hash
            response.headers["Cache-Control"] = f"public, max-age={_WEEK}"
    return response
