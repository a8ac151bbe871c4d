"""Where else people can sign in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from kg.errors import BadInput
from kg.settings.given import Given, is_loopback


@dataclass(frozen=True)
class Provider:
    """Somewhere else where people can sign in (OpenID Connect).

    Attributes:
        key: its part in addresses here.
        name: how the pages call it.
        issuer: as it calls itself.
        client_id, client_secret: as it calls us, and how it knows us.
    """

    key: str
    name: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)


def read_providers(given: Given) -> Iterator[Provider]:
    """Providers that are known by their issuer and by a client's id.

    Raises:
        BadInput: an issuer is not reached by https, or has no client's id beside it.
    """
    if given["ORCID_CLIENT_ID"]:
        secret = given.secret("ORCID_CLIENT_SECRET")
        yield Provider("orcid", "ORCID", "https://orcid.org", given["ORCID_CLIENT_ID"], secret)
    issuer = given["OIDC_ISSUER"]
    if not issuer:
        return
    host = urlsplit(issuer).hostname or ""
    if not given.address("OIDC_ISSUER") or not (issuer.startswith("https:") or is_loopback(host)):
        raise BadInput("GAPBRIDGE_OIDC_ISSUER must be an address that begins with https.")
    if not given["OIDC_CLIENT_ID"]:
        raise BadInput("GAPBRIDGE_OIDC_ISSUER needs GAPBRIDGE_OIDC_CLIENT_ID beside it.")
    secret = given.secret("OIDC_CLIENT_SECRET")
    yield Provider("provider", given["OIDC_NAME"] or host, issuer, given["OIDC_CLIENT_ID"], secret)
