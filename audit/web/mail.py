"""Sending e-mail, where the operator has set up a mail server."""

from __future__ import annotations

import logging
import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Any, cast

from flask import Flask, current_app, url_for

from audit.web.settings import MailServer, Settings, Tls

SECONDS = 10.0
_KEY = "plumbline.mail"
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Letter:
    """An e-mail in plain text to one address."""

    to: str
    subject: str
    text: str


def prepare(app: Flask, settings: Settings) -> None:
    """Say which mail server an app uses, if any, and how the links in its letters begin."""
    app.extensions[_KEY] = settings


def is_set_up() -> bool:
    """Whether there is a mail server to send by."""
    return _settings().mail is not None


def link_to(endpoint: str, **values: Any) -> str:
    """The whole address of a page, for a letter or to copy.

    It begins as the operator has set. Without that it begins as this request was addressed, which whoever sends a
    request can choose.
    """
    here = _settings().address
    return f"{here}{url_for(endpoint, **values)}" if here else url_for(endpoint, **values, _external=True)


def send(to: str, subject: str, text: str) -> bool:
    """Send one letter. False where no mail server is set up, or where it did not take the letter."""
    return send_all([Letter(to, subject, text)]) == [True]


def send_all(letters: Sequence[Letter]) -> list[bool]:
    """Send letters over one connection. For each, whether the mail server took it."""
    server, taken = _settings().mail, []
    if server is not None and letters:
        try:
            with _connected(server) as connection:
                for letter in letters:
                    taken.append(_taken(connection, server, letter))
        except (OSError, smtplib.SMTPException) as fault:
            # The kind of fault alone: its text can hold the address of a person.
            _log.warning("The mail server %s could not be used: %s", server.host, type(fault).__name__)
    return taken + [False] * (len(letters) - len(taken))


@contextmanager
def _connected(server: MailServer) -> Iterator[smtplib.SMTP]:
    context = ssl.create_default_context()
    if server.tls is Tls.TLS:
        connection: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=context)
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    with connection:
        if server.tls is Tls.STARTTLS:
            # Raises where the server does not offer it: nothing goes out in the clear.
            connection.starttls(context=context)
        if server.user:
            connection.login(server.user, server.password)
        yield connection


def _taken(connection: smtplib.SMTP, server: MailServer, letter: Letter) -> bool:
    try:
        connection.send_message(_message(server, letter))
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as fault:
        _log.warning("The mail server %s refused a letter: %s", server.host, type(fault).__name__)
        return False
    return True


def _message(server: MailServer, letter: Letter) -> EmailMessage:
    message, sender = EmailMessage(), server.sender
    message["From"] = Address(sender.name, addr_spec=sender.address)
    message["To"] = Address(addr_spec=letter.to)
    message["Subject"] = " ".join(letter.subject.split())
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain=sender.address.partition("@")[2])
    # Answering machines keep quiet.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    return message


def _settings() -> Settings:
    return cast(Settings, current_app.extensions[_KEY])
