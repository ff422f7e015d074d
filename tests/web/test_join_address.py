"""Where phones join: whose word counts for the address, whether it can be reached, and its QR code."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import segno
from flask import Flask
from werkzeug.test import TestResponse

from audit.core.audits import AuditDetails
from audit.core.errors import UsageError
from audit.core.people import Authority, Person
from audit.core.workshops import AgendaItem, Plan
from audit.operations.audits import open_audit
from audit.operations.workplace import Workplace
from audit.web import join_address as joining
from audit.web.settings import Settings
from tests.rooms import Room

KEY = "a key for tests, drawn by no one at all"
BARE = Settings(Path(), KEY)
LAPTOP = "http://192.168.137.1:8000"


def an_app(settings: Settings = BARE, found: str | None = None) -> Flask:
    app = Flask(__name__)
    app.add_url_rule("/join", "join.ask")
    app.add_url_rule("/join/<code>", "join.enter")
    joining.prepare(app, settings)
    if found is not None:
        joining.find_by(app, lambda: found)
    return app


def joined(app: Flask, base: str, code: str = "") -> str:
    with app.test_request_context(base_url=base):
        return joining.join_address(code)


def test_the_address_to_join_begins_as_phones_reach_it() -> None:
    server = replace(BARE, address="https://plumbline.example.gov.uk")
    hotspot = replace(server, join_address=LAPTOP)
    here = "http://127.0.0.1:8000"
    assert joined(an_app(hotspot), here, "CDFGHJ") == f"{LAPTOP}/join/CDFGHJ"
    assert joined(an_app(hotspot), here) == f"{LAPTOP}/join"
    assert joined(an_app(server, found=LAPTOP), here) == "https://plumbline.example.gov.uk/join"
    assert joined(an_app(), here) == "http://127.0.0.1:8000/join"


def test_where_nothing_is_set_it_begins_as_the_request_did_or_as_the_network_has_it() -> None:
    app = an_app(found=LAPTOP)
    assert joined(app, "http://10.0.0.7:8000") == "http://10.0.0.7:8000/join"
    assert joined(app, "http://localhost:8000") == f"{LAPTOP}/join"
    assert joined(an_app(found=""), "http://localhost:8000") == "http://localhost:8000/join"


def test_a_set_address_cannot_be_changed_by_a_request() -> None:
    assert joined(an_app(replace(BARE, address=LAPTOP)), "http://evil.example") == f"{LAPTOP}/join"


@pytest.mark.parametrize(
    ("base", "can"),
    [
        ("http://127.0.0.1:8000", False),
        ("http://127.4.0.1:8000", False),
        ("http://localhost:8000", False),
        ("http://plumbline.localhost", False),
        ("http://[::1]:8000", False),
        ("http://0.0.0.0:8000", False),
        ("http://192.168.137.1:8000", True),
        ("http://laptop.local:8000", True),
        ("https://plumbline.example.gov.uk", True),
    ],
)
def test_an_address_that_leads_each_phone_to_itself_is_known(base: str, can: bool) -> None:
    with an_app().test_request_context(base_url=base):
        assert joining.reachable() is can
    with an_app(replace(BARE, join_address=base)).test_request_context(base_url="http://127.0.0.1"):
        assert joining.reachable() is can


def test_a_found_network_makes_a_server_on_this_machine_reachable() -> None:
    app = an_app(found=LAPTOP)
    with app.test_request_context(base_url="http://127.0.0.1:8000"):
        assert joining.reachable()


def test_the_qr_code_is_dark_on_light_with_a_quiet_zone_and_a_name() -> None:
    address = f"{LAPTOP}/join/CDFGHJ"
    drawn = str(joining.qr_svg(address, 'Join "Autumn" & <more>'))
    modules = segno.make(address, micro=False, error="m").symbol_size(border=4)[0]
    assert drawn.startswith('<svg role="img" aria-label="Join &#34;Autumn&#34; &amp; &lt;more&gt;" ')
    assert f'viewBox="0 0 {modules} {modules}"' in drawn
    assert f'<path fill="#fff" d="M0 0h{modules}v{modules}h-{modules}z"/>' in drawn
    assert '<path stroke="#000" d="M4 4.5h7' in drawn
    assert "style" not in drawn
    assert "width=" not in drawn


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("", ""),
        (LAPTOP, LAPTOP),
        (f"{LAPTOP}/", LAPTOP),
        (f"{LAPTOP}/join/", LAPTOP),
        ("https://plumbline.example.gov.uk/audit/join", "https://plumbline.example.gov.uk/audit"),
        ("http://[fd00::2]:8000", "http://[fd00::2]:8000"),
    ],
)
def test_the_operator_sets_where_phones_join(given: str, kept: str) -> None:
    made = Settings.from_environment({"PLUMBLINE_SECRET_KEY": KEY, "PLUMBLINE_JOIN_ADDRESS": given})
    assert made.join_address == kept


@pytest.mark.parametrize("name", ["PLUMBLINE_JOIN_ADDRESS", "PLUMBLINE_ADDRESS"])
@pytest.mark.parametrize(
    "given",
    [
        "192.168.137.1:8000",
        "ftp://192.168.137.1",
        "http://",
        "http://:8000",
        "http://laptop:80000",
        "http://laptop:0",
        "http://[fd00",
        "http://lap top",
        "http://me@laptop",
        "http://laptop/?code=1",
        "http://laptop/#top",
        'http://laptop"',
        "http://laptop\n.example",
    ],
)
def test_what_is_no_address_is_named_at_the_start(name: str, given: str) -> None:
    with pytest.raises(UsageError, match=f'(?s)^{name} is .*Give an address such as "http'):
        Settings.from_environment({"PLUMBLINE_SECRET_KEY": KEY, name: given})


def test_an_address_that_somebody_made_up_reaches_no_other_screen(
    app: Flask, workplace: Workplace, lead: Person, testshire: Authority
) -> None:
    """What screens show is kept for all who ask: a phone must not put an address of its own on the projector."""
    audit = open_audit(workplace, lead, testshire.slug, AuditDetails("recommendations", "Autumn 2026"))
    room = Room(workplace, lead, testshire.slug, audit.id, Plan("A day together", (AgendaItem("R1", 10),)))
    room.open(["Somebody"])

    def screen(host: str, etag: str = "") -> TestResponse:
        headers = {"Host": host, "If-None-Match": etag}
        return app.test_client().get(f"/live/{room.keys.live}/screen", headers=headers)

    made_up = screen("evil.example")
    assert "evil.example/join" in made_up.get_data(as_text=True)
    shown = screen("192.168.137.1:8000", made_up.headers["ETag"])
    assert "192.168.137.1:8000/join" in shown.get_data(as_text=True)
    assert "evil.example" not in shown.get_data(as_text=True)
