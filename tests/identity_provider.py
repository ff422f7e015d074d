"""An identity provider for tests, on a free port of this computer. It signs everybody in at once, as it is told to."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote_plus, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

from audit.core.directories import Directory
from tests.clock import Clock

TENANT = "11111111-2222-4333-8444-555555555555"
OTHER_TENANT = "99999999-2222-4333-8444-555555555555"
CLIENT_ID = "plumbline-of-testshire"
SECRET = "a secret+that/needs=care"  # noqa: S105 - of tests alone
Claims = dict[str, Any]
Sign = Callable[["IdentityProvider", Claims], str]


@cache
def a_key(name: str) -> RSAKey:
    """A key of this name, drawn once in a run."""
    return RSAKey.generate_key(2048, {"kid": name, "use": "sig"})


@dataclass
class IdentityProvider:
    """What it says of itself, whom it signs in next, and what came. Claims that are None are left out."""

    clock: Clock
    address: str = ""
    key: RSAKey = field(default_factory=lambda: a_key("first"))
    claims: Claims = field(default_factory=dict)
    metadata: Claims = field(default_factory=dict)
    sign: Sign | None = None
    # What it answers instead, by path; the path that has moved; and how long it rests after each 10 bytes.
    moved: str = ""
    pause: float = 0
    answers: dict[str, bytes] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def directory(self, tenant: str = TENANT, slug: str = "testshire") -> Directory:
        """This provider as the directory of an authority."""
        return Directory(slug, self.address, tenant, CLIENT_ID, SECRET)

    def discovery(self) -> Claims:
        """What it says of itself."""
        names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        paths = {name: f"{self.address}/{path}" for name, path in names.items()}
        methods = ["client_secret_post", "client_secret_basic"]
        said = {"issuer": self.address, **paths, "token_endpoint_auth_methods_supported": methods, **self.metadata}
        return {name: value for name, value in said.items() if value is not None}

    def authorize(self, query: dict[str, str]) -> str:
        """Where the browser goes on, with a code."""
        assert query["response_type"] == "code"
        assert query["client_id"] == CLIENT_ID
        assert query["scope"].split()[0] == "openid"
        assert query["code_challenge_method"] == "S256"
        assert len(query["state"]) > 40
        assert len(query["nonce"]) > 40
        code = secrets.token_urlsafe(8)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict[str, str], client: tuple[str, str]) -> tuple[int, Claims]:
        """A token for a code, once."""
        asked = self.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if client != (CLIENT_ID, SECRET):
            return 401, {"error": "invalid_client"}
        if asked is None or asked["redirect_uri"] != form["redirect_uri"] or _text(digest) != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        sign = self.sign or signed
        token = sign(self, self.said(asked["nonce"]))
        return 200, {"access_token": "unused", "token_type": "Bearer", "id_token": token}

    def said(self, nonce: str) -> Claims:
        """What the next token says."""
        now = int(self.clock().timestamp())
        usual = {
            "iss": self.address,
            "aud": CLIENT_ID,
            "sub": "subject-of-jo",
            "tid": TENANT,
            "oid": "object-of-jo",
            "nonce": nonce,
            "iat": now,
            "exp": now + 3600,
            "name": "Jo Bloggs",
            "preferred_username": "Jo.Bloggs@testshire.gov.uk",
        }
        return {name: value for name, value in {**usual, **self.claims}.items() if value is not None}


def signed(provider: IdentityProvider, claims: Claims) -> str:
    """Signed as it should be."""
    return jwt.encode({"alg": "RS256", "kid": provider.key.kid}, claims, provider.key)


def unsigned(provider: IdentityProvider, claims: Claims) -> str:
    """With "none" as the algorithm."""
    return f"{_json({'alg': 'none', 'typ': 'JWT', 'kid': provider.key.kid})}.{_json(claims)}."


def signed_with_the_public_key(provider: IdentityProvider, claims: Claims) -> str:
    """With HS256, and for its secret the key that everybody knows."""
    said = f"{_json({'alg': 'HS256', 'typ': 'JWT', 'kid': provider.key.kid})}.{_json(claims)}"
    return f"{said}.{_text(hmac.digest(provider.key.as_pem(private=False), said.encode(), 'sha256'))}"


def signed_by_another(provider: IdentityProvider, claims: Claims) -> str:
    """With another key, under the name of the right one."""
    return jwt.encode({"alg": "RS256", "kid": provider.key.kid}, claims, a_key("another"))


def changed_afterwards(provider: IdentityProvider, claims: Claims) -> str:
    """Signed, and then said otherwise."""
    head, _, signature = signed(provider, claims).split(".")
    return f"{head}.{_json({**claims, 'oid': 'object-of-somebody'})}.{signature}"


def _json(value: Claims) -> str:
    return _text(json.dumps(value).encode())


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


class Handler(BaseHTTPRequestHandler):
    """Answers for the provider of its server."""

    @property
    def provider(self) -> IdentityProvider:
        """Which it is."""
        assert isinstance(self.server, Server)
        return self.server.provider

    def do_GET(self) -> None:
        """What it says of itself, its keys, or the way back with a code."""
        parts = urlsplit(self.path)
        self.provider.asked.append(parts.path)
        if parts.path == "/authorize":
            self.send_response(302)
            self.send_header("Location", self.provider.authorize(dict(parse_qsl(parts.query))))
            self.end_headers()
        elif parts.path == "/keys":
            self._say(200, {"keys": [{"kty": "OKP", "kid": "odd"}, self.provider.key.as_dict(private=False)]})
        else:
            self._say(200, self.provider.discovery())

    def do_POST(self) -> None:
        """A token for a code."""
        self.provider.asked.append(self.path)
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(sent).items()}
        status, answer = self.provider.token(form, self._client(form))
        self._say(status, answer)

    def _client(self, form: dict[str, str]) -> tuple[str, str]:
        given = self.headers.get("Authorization", "")
        if not given:
            return form.get("client_id", ""), form.get("client_secret", "")
        name, _, secret = base64.b64decode(given.removeprefix("Basic ")).decode().partition(":")
        return unquote_plus(name), unquote_plus(secret) if "%" in secret else secret

    def _say(self, status: int, answer: Claims) -> None:
        path = urlsplit(self.path).path
        data = self.provider.answers.get(path) or json.dumps(answer).encode()
        if path == self.provider.moved:
            self.send_response(307)
            self.send_header("Location", f"{self.provider.address}/elsewhere")
        else:
            self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self._write(data)

    def _write(self, data: bytes) -> None:
        step = 10 if self.provider.pause else len(data)
        for at in range(0, len(data), step):
            self.wfile.write(data[at : at + step])
            time.sleep(self.provider.pause)

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


class Server(ThreadingHTTPServer):
    """A server for one provider. Who hangs up early is no fault."""

    def __init__(self, provider: IdentityProvider) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.provider = provider

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep quiet where the other side has gone; anything else is a fault."""
        if not isinstance(sys.exception(), ConnectionError):
            raise


@contextmanager
def running(clock: Clock) -> Iterator[IdentityProvider]:
    """A provider that answers until the block ends."""
    provider = IdentityProvider(clock)
    with Server(provider) as server:
        provider.address = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield provider
        server.shutdown()
        thread.join()
