"""An authority's own directory: how it is reached, what its tokens must say, and whom it then vouches for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from audit.core.errors import PlumblineError
from audit.core.mailboxes import check_address

MICROSOFT = "https://login.microsoftonline.com"
# Microsoft's words for "any organisation", and the tenant of everybody's private accounts.
_ANYBODY = {"common", "organizations", "consumers", "9188040d-6c67-4c5b-b112-36a304b66dad"}
_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
_ID_LIMIT = 255


class ClaimsRefused(PlumblineError):
    """A token that is not from the authority's directory, or does not say whose it is."""


@dataclass(frozen=True)
class Directory:
    """The directory of the authority ``slug``. ``tenant`` is a GUID for Entra ID, and empty for other providers."""

    slug: str
    issuer: str
    tenant: str
    client_id: str
    client_secret: str = field(repr=False)

    @property
    def realm(self) -> str:
        """Within what the ids of its accounts are unique: the tenant, or the issuer where there are no tenants."""
        return self.tenant or self.issuer


@dataclass(frozen=True)
class Vouched:
    """Somebody for whom a directory vouches.

    ``object_id`` names the account for good. ``addresses`` are those of the account now, if they can be relied on;
    ``name`` may be empty.
    """

    realm: str
    object_id: str
    addresses: tuple[str, ...]
    name: str


def issuer_of(tenant: str) -> str:
    """The issuer of a tenant of Entra ID."""
    return f"{MICROSOFT}/{tenant}/v2.0"


def directory_problem(directory: Directory) -> str | None:
    """Why this directory cannot be set, or None."""
    issuer, tenant = directory.issuer, directory.tenant
    if not is_safe_address(issuer) or "?" in issuer or "#" in issuer:
        return f'The issuer is "{issuer[:80]}". Give an address such as https://id.example.gov.uk/realms/staff.'
    segments = {tenant, *urlsplit(issuer).path.casefold().split("/")} if _is_microsofts(issuer) else {tenant}
    if segments & _ANYBODY or "{" in issuer:
        return (
            "This lets in accounts of any organisation, not of this authority alone. "
            "Give the tenant id of the authority, which Entra ID shows as Directory (tenant) ID."
        )
    if tenant and not _GUID.fullmatch(tenant):
        return f'The tenant is "{tenant[:60]}". Give its id, such as 11111111-2222-3333-4444-555555555555.'
    if _is_microsofts(issuer) and issuer != issuer_of(tenant):
        wanted = issuer_of(tenant or "TENANT-ID")
        return f"For Entra ID, give the tenant, and no issuer or the issuer {wanted}"
    if not directory.client_id.strip() or not directory.client_secret.strip():
        return "The client id or the client secret is empty."
    return None


def is_safe_address(address: str) -> bool:
    """Whether what goes there is encrypted on its way, or never leaves this computer."""
    if not address.isprintable() or " " in address:
        return False
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    here = parts.scheme == "http" and host in ("127.0.0.1", "localhost", "::1")
    return bool(host) and parts.username is None and (parts.scheme == "https" or here)


def vouched_for(directory: Directory, claims: Mapping[str, Any]) -> Vouched:
    """For whom a token vouches whose signature, audience and time have been checked. Raises ClaimsRefused."""
    if claims.get("iss") != directory.issuer:
        raise ClaimsRefused("The token was issued by somebody else.")
    if directory.tenant and claims.get("tid") != directory.tenant:
        raise ClaimsRefused("The token is of another tenant.")
    object_id = claims.get("oid" if directory.tenant else "sub")
    if not isinstance(object_id, str) or not 0 < len(object_id) <= _ID_LIMIT:
        raise ClaimsRefused("The token does not say whose account it is.")
    addresses = _entra_addresses(directory, claims) if directory.tenant else _checked_address(claims)
    usable = [text for text in addresses if isinstance(text, str) and check_address(text) is None]
    name = claims.get("name")
    distinct = tuple(dict.fromkeys(text.casefold() for text in usable))
    return Vouched(directory.realm, object_id, distinct, name if isinstance(name, str) else "")


def _entra_addresses(directory: Directory, claims: Mapping[str, Any]) -> list[Any]:
    """The addresses of the tenant's own accounts, which its administrators give; a guest brings some from elsewhere."""
    own = (None, directory.issuer, f"https://sts.windows.net/{directory.tenant}/")
    if claims.get("idp") not in own or claims.get("acct") not in (None, 0, "0"):
        return []
    return [claims.get("preferred_username"), claims.get("email")]


def _checked_address(claims: Mapping[str, Any]) -> list[Any]:
    """Elsewhere people may choose their user names, and type in any address: it counts once the provider checked it."""
    return [claims.get("email")] if claims.get("email_verified") is True else []


def _is_microsofts(issuer: str) -> bool:
    host = (urlsplit(issuer).hostname or "").removesuffix(".")
    return host == "sts.windows.net" or host.split(".")[:2] == ["login", "microsoftonline"]
