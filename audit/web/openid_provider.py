"""Talking to an OpenID Connect provider, and checking the tokens it signs. Nothing it says is believed unchecked."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, RSAKey
from requests import RequestException, Response
from urllib3.exceptions import HTTPError

from audit.core.directories import Directory, is_safe_address
from audit.core.errors import PlumblineError

SECONDS = 10.0
LARGEST = 500_000
SCOPE = "openid profile email"
# Keys that are published can only check a signature. With the others, whoever knows the key could sign as well.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
_KEPT_FOR = timedelta(hours=1)
_LEEWAY = 120
# No answer, one that is too large or too slow, or one that is not what the library expects. JSON can nest too deep.
_UNREADABLE = (RequestException, HTTPError, ValueError, TypeError, AttributeError, RecursionError)
_KINDS: dict[str, type[RSAKey] | type[ECKey]] = {"RSA": RSAKey, "EC": ECKey}


class ProviderDown(PlumblineError):
    """The provider does not answer, or not as a provider should."""


class TokenRefused(PlumblineError):
    """What the provider gave back is refused, or it refused to give anything."""


@dataclass(frozen=True)
class Provider:
    """What a provider says of itself, and when it said so. ``by_form`` says where the client secret goes."""

    authorization: str
    token: str
    keys: str
    by_form: bool
    at: datetime


@dataclass(frozen=True)
class Started:
    """A sign-in on its way: what only this browser and the provider know."""

    state: str
    nonce: str
    verifier: str


class _Signed(Protocol):
    def headers(self) -> Mapping[str, Any]:
        """What the token says of itself."""


@dataclass
class Providers:
    """The providers that this server has talked to, by issuer, with the keys that each signs with."""

    known: dict[str, Provider] = field(default_factory=dict)
    keys: dict[str, tuple[datetime, dict[str | None, Key]]] = field(default_factory=dict)

    def address_to_ask(self, directory: Directory, back: str, started: Started, now: datetime) -> str:
        """Where the browser goes to sign in, to come ``back`` afterwards. Raises ProviderDown."""
        provider = self._provider(directory, now)
        with _client(directory, provider) as client:
            address, _ = client.create_authorization_url(
                provider.authorization,
                state=started.state,
                code_verifier=started.verifier,
                nonce=started.nonce,
                redirect_uri=back,
            )
        return str(address)

    def claims(self, directory: Directory, back: str, started: Started, code: str, now: datetime) -> dict[str, Any]:
        """What the token says that the provider gives for ``code``, once it is checked.

        Raises ProviderDown and TokenRefused.
        """
        provider = self._provider(directory, now)
        given = _given_for(directory, provider, back, started, code)
        try:
            token = jwt.decode(given, lambda signed: self._key(directory, provider, signed, now), list(ALGORITHMS))
            wanted = {
                "iss": {"essential": True, "value": directory.issuer},
                "aud": {"essential": True, "value": directory.client_id},
            }
            asked = {"nonce": started.nonce, "client_id": directory.client_id}
            found = CodeIDToken(token.claims, token.header, wanted, asked)
            found.validate(now=int(now.timestamp()), leeway=_LEEWAY)
        except (JoseError, ValueError, TypeError) as fault:
            raise TokenRefused(f"the token is not valid: {type(fault).__name__}") from None
        return dict(found)

    def count_keys(self, directory: Directory, now: datetime) -> int:
        """How many keys the provider signs with that can be used here. Raises ProviderDown."""
        found = _read_keys(_document(self._provider(directory, now).keys))
        if not found:
            raise ProviderDown("it publishes no key of a kind that is used here")
        return len(found)

    def _provider(self, directory: Directory, now: datetime) -> Provider:
        known = self.known.get(directory.issuer)
        if known is None or now - known.at > _KEPT_FOR:
            address = f"{directory.issuer.rstrip('/')}/.well-known/openid-configuration"
            known = self.known[directory.issuer] = _read_provider(directory, _document(address), now)
        return known

    def _key(self, directory: Directory, provider: Provider, signed: _Signed, now: datetime) -> Key:
        kid = signed.headers().get("kid")
        at, keys = self.keys.get(directory.issuer, (now, {}))
        if kid not in keys or now - at > _KEPT_FOR:
            # Providers change their keys: one that is not known may be new.
            keys = _read_keys(_document(provider.keys))
            self.keys[directory.issuer] = now, keys
        if kid not in keys:
            raise TokenRefused("the token is signed with a key that the provider does not publish")
        return keys[kid]


def _given_for(directory: Directory, provider: Provider, back: str, started: Started, code: str) -> str:
    try:
        with _client(directory, provider) as client:
            given = client.fetch_token(
                provider.token,
                grant_type="authorization_code",
                code=code,
                code_verifier=started.verifier,
                redirect_uri=back,
            )
    except AuthlibBaseError as fault:
        raise TokenRefused(f"the provider refuses the code: {str(fault.error)[:60]!r}") from None
    except _UNREADABLE as fault:
        raise ProviderDown(f"no token: {type(fault).__name__}") from None
    token = given.get("id_token") if isinstance(given, dict) else None
    if not isinstance(token, str):
        raise TokenRefused("the provider gives no id_token")
    return token


def _read_provider(directory: Directory, document: Mapping[str, Any], now: datetime) -> Provider:
    if document.get("issuer") != directory.issuer:
        raise ProviderDown("the provider says that it is another issuer than the one that is set")
    names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    addresses = [document.get(name) for name in names]
    for name, address in zip(names, addresses, strict=True):
        if not isinstance(address, str) or not _as_safe(address, directory.issuer):
            raise ProviderDown(f"its {name} is missing or not safe")
    methods = document.get("token_endpoint_auth_methods_supported")
    by_form = isinstance(methods, list) and "client_secret_post" in methods
    authorization, token, keys = map(str, addresses)
    return Provider(authorization, token, keys, by_form, now)


def _as_safe(address: str, issuer: str) -> bool:
    return is_safe_address(address) and (address.startswith("https:") or issuer.startswith("http:"))


def _read_keys(document: Mapping[str, Any]) -> dict[str | None, Key]:
    """The keys to check signatures with, by their names. Keys of other kinds are passed over."""
    found: dict[str | None, Key] = {}
    listed = document.get("keys")
    for each in listed if isinstance(listed, list) else []:
        kind = _KINDS.get(str(each.get("kty"))) if isinstance(each, dict) else None
        if kind is not None and each.get("use", "sig") == "sig":
            try:
                found[each.get("kid")] = kind.import_key(each)
            except (JoseError, ValueError, TypeError):
                continue
    return found


def _document(address: str) -> Mapping[str, Any]:
    try:
        with _bounded(OAuth2Session()) as client:
            answer = client.get(address, withhold_token=True)
            read = answer.json() if answer.status_code == 200 else None
    except _UNREADABLE as fault:
        raise ProviderDown(f"{address}: {type(fault).__name__}") from None
    if not isinstance(read, dict):
        raise ProviderDown(f"{address}: status {answer.status_code}, or no document")
    return read


def _client(directory: Directory, provider: Provider) -> OAuth2Session:
    method = "client_secret_post" if provider.by_form else "client_secret_basic"
    made = OAuth2Session(
        directory.client_id,
        directory.client_secret,
        token_endpoint_auth_method=method,
        scope=SCOPE,
        code_challenge_method="S256",
    )
    return _bounded(made)


def _bounded(client: OAuth2Session) -> OAuth2Session:
    client.default_timeout = SECONDS
    client.headers["Accept-Encoding"] = "identity"
    client.hooks["response"].append(_take_in)
    return client


def _take_in(response: Response, **_: object) -> None:
    """Read an answer. A time-out bounds each wait alone, so the whole has an end too. No answer leads elsewhere."""
    end, taken = time.monotonic() + SECONDS, b""
    if 300 <= response.status_code < 400:
        raise RequestException("The answer leads elsewhere.")
    while piece := response.raw.read1(16_384, decode_content=False):
        taken += piece
        if len(taken) > LARGEST or time.monotonic() > end:
            response.close()
            raise RequestException("The answer is too large, or comes too slowly.")
    # Where the library keeps what it has read.
    response._content = taken
