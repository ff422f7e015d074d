"""Sending e-mail, and what happens where it cannot be sent."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from audit.core.errors import UsageError
from audit.web import mail
from audit.web.mail import Letter
from audit.web.settings import MailServer, Settings, Tls
from tests.web.post_office import SENDER, PostOffice, post_office

KEY = "k" * 40
ADDRESS = "https://plumbline.testshire.example"
JO, AL = "jo@testshire.example", "al@testshire.example"


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as office:
        yield office


def sending_by(server: MailServer | None, address: str = ADDRESS) -> Flask:
    """An app that sends by this server."""
    app = Flask(__name__)
    app.add_url_rule("/letters/<name>", "letters")
    mail.prepare(app, Settings(Path("instance"), KEY, mail=server, address=address))
    return app


def test_a_letter_is_sent_as_it_was_written(office: PostOffice) -> None:
    with sending_by(office.server).app_context():
        assert mail.is_set_up()
        assert mail.send(JO, "Lee O’Neill\r\nBcc: x@example.org", "Line 1\nŁódź – “so”\n.\nEnd\n") is True
    (letter,) = office.letters
    assert letter["To"] == JO
    assert letter["From"].addresses[0].addr_spec == SENDER.address
    assert letter["From"].addresses[0].display_name == SENDER.name
    assert letter["Subject"] == "Lee O’Neill Bcc: x@example.org"
    assert letter["Bcc"] is None
    assert letter["Message-ID"].endswith("@testshire.example>")
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content().replace("\r\n", "\n") == "Line 1\nŁódź – “so”\n.\nEnd\n"


@pytest.mark.parametrize("answer", ["550 No such mailbox", "451 Try later"])
def test_a_letter_that_is_refused_stops_no_other(
    office: PostOffice, answer: str, caplog: pytest.LogCaptureFixture
) -> None:
    office.refuses = {JO: answer}
    with sending_by(office.server).app_context(), caplog.at_level(logging.WARNING):
        assert mail.send_all([Letter(to, "s", "t") for to in (AL, JO, AL)]) == [True, False, True]
    assert [letter["To"] for letter in office.letters] == [AL, AL]
    assert "refused a letter" in caplog.text
    assert JO not in caplog.text


def test_without_a_mail_server_nothing_is_sent() -> None:
    with sending_by(None).app_context():
        assert not mail.is_set_up()
        assert mail.send(JO, "s", "t") is False
        assert mail.send_all([]) == []


def test_a_server_that_is_not_there_is_logged_and_no_fault(caplog: pytest.LogCaptureFixture) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        server = MailServer("127.0.0.1", taken.getsockname()[1], SENDER, Tls.OFF)
        with sending_by(server).app_context(), caplog.at_level(logging.WARNING):
            assert mail.send_all([Letter(JO, "s", "t"), Letter(AL, "s", "t")]) == [False, False]
    assert "could not be used: ConnectionRefusedError" in caplog.text


@pytest.mark.parametrize("tls", [Tls.STARTTLS, Tls.TLS])
def test_nothing_goes_out_in_the_clear_where_tls_is_asked_for(
    office: PostOffice, tls: Tls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "SECONDS", 0.5)
    with sending_by(replace(office.server, tls=tls)).app_context():
        assert mail.send(JO, "s", "t") is False
    assert office.letters == []


def test_a_server_that_asks_who_sends_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    # The server that refuses a password here never answers the next try.
    monkeypatch.setattr(mail, "SECONDS", 0.5)
    with post_office("plumbline", "a pass phrase") as office:
        for password, taken in (("a pass phrase", True), ("another", False)):
            server = replace(office.server, user="plumbline", password=password)
            with sending_by(server).app_context():
                assert mail.send(JO, "s", "t") is taken
        assert len(office.letters) == 1


def test_links_begin_as_the_operator_says_and_not_as_a_request_does() -> None:
    with sending_by(None).test_request_context(base_url="http://evil.example"):
        assert mail.link_to("letters", name="x") == f"{ADDRESS}/letters/x"
    with sending_by(None, address="").test_request_context(base_url="http://127.0.0.1:8000"):
        assert mail.link_to("letters", name="x") == "http://127.0.0.1:8000/letters/x"


GOOD = {
    "PLUMBLINE_SECRET_KEY": KEY,
    "PLUMBLINE_ADDRESS": f"{ADDRESS}/",
    "PLUMBLINE_SMTP_HOST": "mail.testshire.example",
    "PLUMBLINE_SMTP_FROM": "Plumbline, Testshire <Plumbline@testshire.example>",
}


@pytest.mark.parametrize(("tls", "port"), [("", 587), ("starttls", 587), ("tls", 465), ("off", 25)])
def test_settings_of_mail_have_defaults(tls: str, port: int) -> None:
    made = Settings.from_environment({**GOOD, "PLUMBLINE_SMTP_TLS": tls})
    assert made.mail == MailServer("mail.testshire.example", port, SENDER, Tls(tls or "starttls"))
    assert made.address == ADDRESS
    assert Settings.from_environment({"PLUMBLINE_SECRET_KEY": KEY}).mail is None


def test_the_password_shows_in_no_log() -> None:
    names = {"PORT": "2525", "USER": "plumbline", "PASSWORD": "a pass phrase", "TLS": "tls"}
    made = Settings.from_environment({**GOOD, **{f"PLUMBLINE_SMTP_{name}": text for name, text in names.items()}})
    assert made.mail is not None
    assert (made.mail.port, made.mail.user, made.mail.password) == (2525, "plumbline", "a pass phrase")
    assert "a pass phrase" not in repr(made)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"PLUMBLINE_SMTP_PORT": "smtp"}, "PLUMBLINE_SMTP_PORT"),
        ({"PLUMBLINE_SMTP_TLS": "ssl"}, 'PLUMBLINE_SMTP_TLS is "ssl". Give "starttls", "tls" or "off"'),
        ({"PLUMBLINE_SMTP_FROM": ""}, "PLUMBLINE_SMTP_FROM"),
        ({"PLUMBLINE_SMTP_FROM": "Plumbline"}, "PLUMBLINE_SMTP_FROM.*is not an e-mail address"),
        ({"PLUMBLINE_ADDRESS": ""}, "PLUMBLINE_ADDRESS is not set"),
        ({"PLUMBLINE_ADDRESS": "plumbline.testshire.example"}, "PLUMBLINE_ADDRESS is"),
        ({"PLUMBLINE_SMTP_USER": "me", "PLUMBLINE_SMTP_TLS": "off"}, "sent in the clear"),
    ],
)
def test_a_wrong_setting_of_mail_is_named_at_the_start(changes: dict[str, str], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        Settings.from_environment({**GOOD, **changes})
