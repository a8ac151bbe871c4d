"""OpenID Connect: people are sent to a provider and come back with a proof of who they are there.

The authorization code flow with PKCE, state and nonce. Sources: OpenID Connect Core 1.0 (sections 3.1.2, 3.1.3.7),
OpenID Connect Discovery 1.0, RFC 7636, RFC 9207, RFC 9700.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, cast
from urllib.parse import urlsplit

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from kg.errors import IdentityRefused, ProviderUnavailable
from kg.settings import Provider

_PATIENCE = httpx2.Timeout(8, connect=4)
_LEEWAY_SECONDS = 60
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
"""Signatures that only the provider can make."""
_LONGEST = 255
_JSON = {"Accept": "application/json"}


@dataclass(frozen=True)
class Identity:
    """Who somebody is to a provider.

    Attributes:
        issuer, subject: the two by which they are known for good.
        name, mail: as the provider tells them; may be empty, and prove nothing.
    """

    issuer: str
    subject: str
    name: str = ""
    mail: str = ""


@dataclass(frozen=True)
class Asked:
    """What somebody was sent away with, and must come back with."""

    state: str
    nonce: str
    verifier: str


def address(provider: Provider, asked: Asked, way_back: str, *, anew: bool = False) -> str:
    """Where to send somebody who wants to be known by a provider.

    Args:
        provider: which.
        asked: what they have to come back with.
        way_back: where the provider sends them.
        anew: whether it shall ask them to prove who they are though it knows them (section 3.1.2.1, `prompt`).

    Raises:
        ProviderUnavailable: it does not answer.
    """
    with _talking(provider):
        facts = _facts(provider)
        with _client(provider, way_back) as client:
            more = {"prompt": "login"} if anew else {}
            url, _ = client.create_authorization_url(
                facts["authorization_endpoint"], state=asked.state, nonce=asked.nonce, code_verifier=asked.verifier,
                **more,
            )  # fmt: skip
            return str(url)


def identity(provider: Provider, asked: Asked, way_back: str, code: str, issuer: str = "") -> Identity:
    """Who came back.

    Args:
        provider: where from.
        asked: what they were sent away with.
        way_back: the same address as then.
        code: what they came back with.
        issuer: who sends them, where the provider says so in the address.

    Raises:
        ProviderUnavailable: it does not answer.
        IdentityRefused: it takes the code for none, or its proof is for somebody or something else.
    """
    if issuer and issuer != provider.issuer:
        raise _refused(provider, "somebody else sent you back")
    with _talking(provider):
        facts = _facts(provider)
        with _client(provider, way_back) as client:
            token = client.fetch_token(facts["token_endpoint"], code=code, code_verifier=asked.verifier)
        return _identity(provider, token, _keys(facts), asked.nonce)


def _identity(provider: Provider, token: dict[str, Any], keys: KeySet, nonce: str) -> Identity:
    if not isinstance(token.get("id_token"), str):
        raise _refused(provider, "the proof is missing")
    wanted = jwt.JWTClaimsRegistry(
        leeway=_LEEWAY_SECONDS,
        iss={"essential": True, "value": provider.issuer},
        aud={"essential": True, "value": provider.client_id},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": nonce},
    )
    try:
        claims = jwt.decode(token["id_token"], keys, algorithms=_ALGORITHMS).claims
        wanted.validate(claims)
    except (JoseError, ValueError) as error:
        raise _refused(provider, str(error)) from error
    if claims.get("azp", provider.client_id) != provider.client_id or not 0 < len(claims["sub"]) <= _LONGEST:
        raise _refused(provider, "the proof is for another site")
    name = claims.get("name") or " ".join(str(claims.get(part, "")) for part in ("given_name", "family_name"))
    return Identity(provider.issuer, claims["sub"], str(name).strip(), str(claims.get("email", "")))


def _facts(provider: Provider) -> dict[str, str]:
    """What a provider says of itself."""
    facts = _get(f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    if facts.get("issuer") != provider.issuer:
        raise ProviderUnavailable(f"{provider.name} calls itself by another address than it should.")
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if not _is_safe(facts.get(name), provider):
            raise ProviderUnavailable(f"{provider.name} does not say where to go for “{name}”.")
    return cast(dict[str, str], facts)


def _is_safe(found: object, provider: Provider) -> bool:
    """Whether this is an address that may be asked: with https wherever the provider itself has it."""
    scheme = urlsplit(found).scheme if isinstance(found, str) else ""
    return scheme == "https" or (scheme == "http" and provider.issuer.startswith("http:"))


def _keys(facts: dict[str, str]) -> KeySet:
    return KeySet.import_key_set(cast(Any, _get(facts["jwks_uri"])))


def _get(url: str) -> dict[str, Any]:
    response = httpx2.get(url, timeout=_PATIENCE, headers=_JSON, verify=_trusted()).raise_for_status()
    found = response.json()
    if not isinstance(found, dict):
        raise ValueError("no object")
    return found


def _client(provider: Provider, way_back: str) -> OAuth2Client:
    return OAuth2Client(
        provider.client_id,
        provider.client_secret or None,
        token_endpoint_auth_method="client_secret_basic" if provider.client_secret else "none",
        scope="openid" if provider.key == "orcid" else "openid profile email",
        redirect_uri=way_back,
        code_challenge_method="S256",
        timeout=_PATIENCE,
        verify=_trusted(),
    )


@cache
def _trusted() -> ssl.SSLContext:
    """Whose certificates count; read once, since that takes longer than to ask."""
    return httpx2.create_ssl_context()


@contextmanager
def _talking(provider: Provider) -> Iterator[None]:
    try:
        yield
    except OAuthError as error:
        raise _refused(provider, f"it says “{error.error}”") from error
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError, KeyError, TypeError, JoseError) as error:
        words = f"{provider.name} does not answer as it should. Nothing was changed. Try again later, or sign in here."
        raise ProviderUnavailable(words) from error


def _refused(provider: Provider, why: str) -> IdentityRefused:
    return IdentityRefused(f"{provider.name} did not prove who you are: {why}. Start again from the page to sign in.")
