"""What the operator of a server can set, read once from the environment."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from urllib.parse import urlsplit

from audit.core.errors import UsageError
from audit.core.mailboxes import Mailbox, read_mailbox

_SWITCH = {"on": True, "off": False}
_SHORTEST_KEY = 32
_SERVER = "https://plumbline.example.gov.uk"
_LAPTOP = "http://192.168.1.20:8000"


class Tls(Enum):
    """How the way to a mail server is secured."""

    STARTTLS = "starttls"
    TLS = "tls"
    OFF = "off"


_PORTS = {Tls.STARTTLS: 587, Tls.TLS: 465, Tls.OFF: 25}


@dataclass(frozen=True)
class MailServer:
    """A mail server to send by. ``user`` and ``password`` are empty where it asks for none."""

    host: str
    port: int
    sender: Mailbox
    tls: Tls = Tls.STARTTLS
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class Settings:
    """The settings of a server.

    ``instance`` is the folder that holds all data. ``https`` says that people reach the server by HTTPS: cookies are
    then marked Secure and browsers are told to stay with HTTPS. ``trusted_proxies`` is how many proxies stand in front.
    ``mail`` is None where no mail server is set up. ``address`` is where people find Plumbline, such as
    ``https://plumbline.example.gov.uk``; links that are sent begin with it. Empty, as it is by default, they begin as
    the request was addressed; a mail server asks for it. ``join_address`` is the same for phones that join a workshop,
    where they come by another way than everybody else, such as over the hotspot of a laptop.
    """

    instance: Path
    secret_key: str = field(repr=False)
    host: str = "127.0.0.1"
    port: int = 8000
    https: bool = False
    trusted_proxies: int = 0
    mail: MailServer | None = None
    address: str = ""
    join_address: str = ""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """The settings that the ``PLUMBLINE_`` variables name. Raises UsageError, which names the variable."""
        instance = Path(environment.get("PLUMBLINE_INSTANCE") or "instance").absolute()
        return cls(
            instance=instance,
            secret_key=_given_key(environment) or kept_key(instance),
            host=environment.get("PLUMBLINE_HOST") or cls.host,
            port=_number(environment, "PLUMBLINE_PORT", cls.port, 1, 65535),
            https=_switch(environment, "PLUMBLINE_HTTPS"),
            trusted_proxies=_number(environment, "PLUMBLINE_TRUSTED_PROXIES", cls.trusted_proxies, 0, 9),
            mail=_mail_server(environment),
            address=_address(environment),
            join_address=read_join_address(environment.get("PLUMBLINE_JOIN_ADDRESS", ""), "PLUMBLINE_JOIN_ADDRESS"),
        )


def kept_key(instance: Path) -> str:
    """The key in the instance folder, made if it is not there. Only the server's user can read the file."""
    path = instance / "secret.key"
    try:
        instance.mkdir(parents=True, exist_ok=True)
        # Two servers that start at once must end up with one key: only one of them can make the file.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _checked(path.read_text(encoding="ascii").strip(), str(path))
    except OSError as fault:
        raise UsageError(f"PLUMBLINE_INSTANCE: {instance} cannot be written: {fault.strerror}.") from None
    with os.fdopen(handle, "w", encoding="ascii") as file:
        key = secrets.token_urlsafe(48)
        file.write(f"{key}\n")
    return key


def _mail_server(environment: Mapping[str, str]) -> MailServer | None:
    host = environment.get("PLUMBLINE_SMTP_HOST", "")
    if not host:
        return None
    if not _address(environment):
        raise UsageError(
            "PLUMBLINE_ADDRESS is not set. Links in e-mails begin with it. "
            'Give the address at which people open Plumbline, such as "https://plumbline.example.gov.uk".'
        )
    tls, user = _tls(environment), environment.get("PLUMBLINE_SMTP_USER", "")
    if user and tls is Tls.OFF:
        raise UsageError('PLUMBLINE_SMTP_TLS is "off": the password would be sent in the clear. Use starttls or tls.')
    return MailServer(
        host=host,
        port=_number(environment, "PLUMBLINE_SMTP_PORT", _PORTS[tls], 1, 65535),
        sender=_sender(environment),
        tls=tls,
        user=user,
        password=environment.get("PLUMBLINE_SMTP_PASSWORD", ""),
    )


def _tls(environment: Mapping[str, str]) -> Tls:
    text = environment.get("PLUMBLINE_SMTP_TLS") or Tls.STARTTLS.value
    try:
        return Tls(text)
    except ValueError:
        raise UsageError(f'PLUMBLINE_SMTP_TLS is "{text}". Give "starttls", "tls" or "off".') from None


def _sender(environment: Mapping[str, str]) -> Mailbox:
    try:
        return read_mailbox(environment.get("PLUMBLINE_SMTP_FROM", ""))
    except ValueError as fault:
        raise UsageError(f"PLUMBLINE_SMTP_FROM, from whom e-mails come: {fault}") from None


def _address(environment: Mapping[str, str]) -> str:
    return _web_address(environment.get("PLUMBLINE_ADDRESS", ""), "PLUMBLINE_ADDRESS", _SERVER)


def read_join_address(text: str, name: str) -> str:
    """The beginning of the address at which phones join, from what somebody gave, with or without ``/join``.

    Raises UsageError for what is no address; it names the setting or option, ``name``.
    """
    return _web_address(text.rstrip("/").removesuffix("/join"), name, _LAPTOP)


def _web_address(text: str, name: str, example: str) -> str:
    text = text.rstrip("/")
    if text and not _is_web_address(text):
        raise UsageError(f'{name} is "{text}". Give an address such as "{example}".')
    return text


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        # Asking for the port checks it.
        whole = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        return False
    return bool(whole and text.isprintable() and not set(text) & set(' ?#@"<>\\'))


def _given_key(environment: Mapping[str, str]) -> str:
    key = environment.get("PLUMBLINE_SECRET_KEY", "")
    return _checked(key, "PLUMBLINE_SECRET_KEY") if key else ""


def _checked(key: str, where: str) -> str:
    if len(key) < _SHORTEST_KEY:
        raise UsageError(f"{where} is too short. Give {_SHORTEST_KEY} characters or more, drawn at random.")
    return key


def _number(environment: Mapping[str, str], name: str, default: int, lowest: int, highest: int) -> int:
    text = environment.get(name) or str(default)
    if not (text.isascii() and text.isdigit() and lowest <= int(text) <= highest):
        raise UsageError(f'{name} is "{text}". Give a whole number from {lowest} to {highest}.')
    return int(text)


def _switch(environment: Mapping[str, str], name: str) -> bool:
    text = environment.get(name) or "off"
    if text not in _SWITCH:
        raise UsageError(f'{name} is "{text}". Give "on" or "off".')
    return _SWITCH[text]
