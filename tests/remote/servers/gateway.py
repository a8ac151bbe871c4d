"""nginx before an engine, which lets through only who shows a token: so an engine is kept that knows no such thing."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.ports import free_port
from tests.remote.servers import java
from tests.remote.servers.address import Address
from tests.remote.servers.process import Process

_NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin") or ""
_SETTINGS = """{user}pid {folder}/pid;
daemon off;
error_log {folder}/error.log;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  map $http_authorization $known {{ default 0; "Bearer {token}" 1; }}
  server {{
    listen 127.0.0.1:{port};
    client_max_body_size 0;
    location / {{
      if ($known = 0) {{ return 401 "who are you?"; }}
      proxy_set_header Authorization "";
      proxy_pass http://{engine};
    }}
  }}
}}
"""


def missing() -> str:
    """Why there can be none here; empty where there can."""
    return "" if _NGINX else "there is no nginx on this machine"


@dataclass(frozen=True)
class Gateway:
    """A gateway that runs.

    Attributes:
        address: where it answers, without a token.
    """

    address: Address
    _process: Process
    _settings: Path
    _told: dict[str, object]

    def known_by(self, token: str) -> Address:
        """Its address for who has this token."""
        return replace(self.address, auth="bearer", token=token)

    def take(self, token: str) -> None:
        """Let through who has this token, and nobody else."""
        self._settings.write_text(_SETTINGS.format(token=token, **self._told), encoding="utf-8")
        if self._process.number:
            os.kill(self._process.number, signal.SIGHUP)


@contextmanager
def gateway(folder: Path, engine: Address, token: str) -> Iterator[Gateway]:
    """A gateway before an engine, as long as the `with` block."""
    folder.mkdir()
    port, settings, own = free_port(), folder / "nginx.conf", urlsplit(engine.query).netloc
    words = [_NGINX, "-e", f"{folder}/error.log", "-p", str(folder), "-c", str(settings)]
    process = Process(words, folder, "gateway", java.answering(port))
    there = {name: at.replace(own, f"127.0.0.1:{port}") for name, at in vars(engine).items() if own in at}
    told = {"folder": folder, "port": port, "engine": own, "user": "" if os.geteuid() else "user root;\n"}
    made = Gateway(replace(engine, **there), process, settings, told)
    made.take(token)
    try:
        process.start()
        yield made
    finally:
        process.stop()
