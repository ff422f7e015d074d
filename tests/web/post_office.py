"""A mail server for tests, on a free port of this computer."""

from __future__ import annotations

from asyncio import Server
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from audit.core.mailboxes import Mailbox
from audit.web.settings import MailServer, Tls

SENDER = Mailbox("plumbline@testshire.example", "Plumbline, Testshire")


@dataclass
class PostOffice:
    """The letters it took. It answers the addresses in ``refuses`` so; where it ``asks``, who sends must sign in."""

    port: int = 0
    asks: bool = False
    letters: list[EmailMessage] = field(default_factory=list)
    refuses: dict[str, str] = field(default_factory=dict)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd gives the name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take an address or refuse it."""
        if self.asks and not session.authenticated:
            return "530 Sign in first"
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd gives the name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take a letter."""
        assert isinstance(envelope.content, bytes)
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        assert envelope.rcpt_tos == [letter["To"].addresses[0].addr_spec]
        self.letters.append(letter)
        return "250 OK"

    @property
    def server(self) -> MailServer:
        """How to send by it."""
        return MailServer("127.0.0.1", self.port, SENDER, Tls.OFF)


class OnFreePort(Controller):
    """A controller that can be given port 0."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # aiosmtpd gives no types here


@contextmanager
def post_office(user: str = "", password: str = "") -> Iterator[PostOffice]:
    """A mail server that runs. With a user, it takes letters only from who signs in."""
    office = PostOffice(asks=bool(user))

    def known(server: object, session: object, envelope: object, mechanism: str, data: object) -> AuthResult:
        given = (getattr(data, "login", b""), getattr(data, "password", b""))
        return AuthResult(success=given == (user.encode(), password.encode()))

    options: dict[str, Any] = {"authenticator": known, "auth_require_tls": False} if user else {}
    controller = OnFreePort(office, hostname="127.0.0.1", port=0, **options)
    controller.start()
    try:
        office.port = controller.port
        yield office
    finally:
        controller.stop()
