"""A provider of identities on the loopback: discovery, authorisation, tokens for codes with PKCE, keys.

It does what OpenID Connect Core 1.0 asks of one, and goes wrong in one way where a test wants that.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from flask import Flask, Response, jsonify, redirect, request
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet
from werkzeug.serving import make_server

from benchmarks.ports import free_port
from kg.settings import Provider

CLIENT, SECRET = "gapbridge", "the client's secret"


@dataclass
class Fake:
    """The provider, and what it does next.

    Attributes:
        subject: who signs in there.
        claims: what its proof says beside the usual, or instead.
        facts: the same for what it says of itself.
        denies: whether somebody says no there.
        breaks: whether it answers with an error of its own.
        foreign_key: whether it signs with a key that is not its own.
        algorithm: how it signs; `none` and `HS256` prove nothing.
    """

    port: int
    subject: str = "0000-0002-1825-0097"
    claims: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    denies: bool = False
    breaks: bool = False
    foreign_key: bool = False
    algorithm: str = "ES256"
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.key = ECKey.generate_key("P-256", {"kid": "one"})

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def provider(self) -> Provider:
        """As the settings know it."""
        return Provider("provider", "Example University", self.issuer, CLIENT, SECRET)

    def visit(self, url: str) -> str:
        """What a browser does there: it is sent back to the address that this gives."""
        with self.app.test_client() as browser:
            location: str = browser.get(url.removeprefix(self.issuer)).location
        return location.removeprefix("http://localhost")

    def proof(self, nonce: str) -> str:
        """The proof of who somebody is."""
        moment = int(time.time())
        usual = {"iss": self.issuer, "aud": CLIENT, "sub": self.subject, "iat": moment, "exp": moment + 300}
        claims = {**usual, "nonce": nonce, "given_name": "Josiah", "family_name": "Example", **self.claims}
        claims = {name: value for name, value in claims.items() if value is not None}
        if self.algorithm == "none":
            parts = (b'{"alg":"none"}', jsonify_bytes(claims), b"")
            return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)
        if self.algorithm == "HS256":
            from joserfc.jwk import OctKey

            return jwt.encode({"alg": "HS256", "kid": "one"}, claims, OctKey.import_key(SECRET), algorithms=["HS256"])
        key = ECKey.generate_key("P-256", {"kid": "one"}) if self.foreign_key else self.key
        return jwt.encode({"alg": self.algorithm, "kid": "one"}, claims, key)


def jsonify_bytes(claims: dict[str, Any]) -> bytes:
    import json

    return json.dumps(claims).encode()


@contextmanager
def provider() -> Iterator[Fake]:
    """The provider as long as the `with` block."""
    fake = Fake(free_port())
    fake.app = _app(fake)
    server = make_server("127.0.0.1", fake.port, fake.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _app(fake: Fake) -> Flask:
    app = Flask("provider")

    @app.get("/.well-known/openid-configuration")
    def facts() -> Response:
        fake.asked.append("facts")
        usual = {
            "issuer": fake.issuer,
            "authorization_endpoint": f"{fake.issuer}/authorize",
            "token_endpoint": f"{fake.issuer}/token",
            "jwks_uri": f"{fake.issuer}/keys",
        }
        return jsonify({**usual, **fake.facts})

    @app.get("/keys")
    def keys() -> Response:
        return jsonify(KeySet([fake.key]).as_dict(private=False))

    @app.get("/authorize")
    def authorize() -> Any:
        told = {name: values[0] for name, values in parse_qs(urlsplit(request.full_path).query).items()}
        assert told["response_type"] == "code"
        assert told["client_id"] == CLIENT
        assert told["code_challenge_method"] == "S256"
        assert "openid" in told["scope"].split()
        if fake.denies:
            return redirect(f"{told['redirect_uri']}?{urlencode({'state': told['state'], 'error': 'access_denied'})}")
        code = secrets.token_urlsafe(16)
        fake.codes[code] = told
        return redirect(f"{told['redirect_uri']}?{urlencode({'state': told['state'], 'code': code})}")

    @app.post("/token")
    def token() -> Any:
        if fake.breaks:
            return "<h1>Out of order</h1>", 500
        told = fake.codes.pop(request.form["code"], None)  # a code works once
        given, verifier = request.authorization, request.form.get("code_verifier", "")
        made = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        if given is None or (given.username, given.password) != (CLIENT, SECRET):
            return {"error": "invalid_client"}, 401
        if told is None or told["redirect_uri"] != request.form["redirect_uri"] or told["code_challenge"] != made:
            return {"error": "invalid_grant"}, 400
        return {"access_token": "x", "token_type": "Bearer", "id_token": fake.proof(told["nonce"])}

    return app
