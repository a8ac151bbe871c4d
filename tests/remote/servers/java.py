"""Servers that come as jars: where those lie, why one cannot run, and how one is run."""

from __future__ import annotations

import http.client
import os
import shutil
from collections.abc import Callable
from pathlib import Path

_ROOT = Path(__file__).parents[3]
_QUICK_START = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Xmx512m")


def jar(name: str) -> Path:
    """Where a jar of `engines.pom.xml` lies once `make engines` has fetched it."""
    return Path(os.environ.get("GAPBRIDGE_ENGINES", _ROOT / ".engines")) / f"{name}.jar"


def missing(*jars: str) -> str:
    """Why servers of these jars cannot run here; empty where they can."""
    if shutil.which("java") is None:
        return "there is no Java on this machine"
    absent = [name for name in jars if not jar(name).exists()]
    return f"there is no {', '.join(absent)} (`make engines` fetches them)" if absent else ""


def command(name: str, main: str, *words: str) -> list[str]:
    """The command that runs the main class of a jar."""
    return ["java", *_QUICK_START, "-cp", str(jar(name)), main, *words]


def answering(port: int, host: str = "127.0.0.1") -> Callable[[], bool]:
    """Tells whether a server of HTTP answers at a port, whatever it says."""

    def ready() -> bool:
        connection = http.client.HTTPConnection(host, port, timeout=5)
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
        except http.client.HTTPException:
            return False
        finally:
            connection.close()
        return True

    return ready
