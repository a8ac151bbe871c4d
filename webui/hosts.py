"""Where this server is reached, for what must be told as a whole address: downloads, services, sitemaps."""

from __future__ import annotations

import re

from flask import current_app, request

from kg.errors import BadInput
from webui.base import Base

_HOST = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9.-]{0,252}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")


def public_root() -> str:
    """The server's address without a slash at the end: as the settings say, else as the request says.

    What proxies add (X-Forwarded-Host and its like) is not believed, but for the scheme where GAPBRIDGE_PROXIES says
    that there are any; GAPBRIDGE_PUBLIC_URL tells, or the Host header that they pass on.

    Raises:
        BadInput: the request names no host that could be one.
    """
    base: Base = current_app.extensions["gapbridge"]
    if base.settings.public_url:
        return base.settings.public_url
    if not _HOST.fullmatch(request.host):
        raise BadInput("The request's Host header names no host.")
    return f"{request.scheme}://{request.host}"
