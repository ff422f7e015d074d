"""How pages show texts, days and moments."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction

import pytest
from flask import Flask
from jinja2 import UndefinedError

from audit.core.bank import Level
from audit.web.filters import FILTERS, day, moment


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 11, 21, 14, 5, tzinfo=UTC), "21 November 2026, 2.05pm"),
        (datetime(2026, 11, 21, 0, 0, tzinfo=UTC), "21 November 2026, 12am"),
        (datetime(2026, 11, 21, 12, 0, tzinfo=UTC), "21 November 2026, 12pm"),
        (datetime(2026, 6, 1, 8, 30, tzinfo=UTC), "1 June 2026, 9.30am"),
        (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), "1 July 2026, 12.30am"),
    ],
)
def test_moments_are_told_as_in_england(at: datetime, words: str) -> None:
    assert moment(at) == words
    assert day(at) == words.partition(",")[0]


def test_levels_and_shares_have_words() -> None:
    assert FILTERS["level"](Level(2, "Partly in place", Fraction(2), "")) == "2, partly in place"
    assert FILTERS["percent"](Fraction(5, 8)) == "62.5%"


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ("""<p title="the council's">the council's "own"</p>""", '<p title="the council’s">the council’s “own”</p>'),
        ("""<a href="{{ word }}">{{ word }}</a> "{{ 1 }}" """, '<a href="it’s">it’s</a> "1" '),
        ("""<p class="{{ 1 }}">say "so"</p>""", '<p class="1">say “so”</p>'),
        ("""{% if 1 %}"so"{% endif %}""", "“so”"),
        ("""{{ "<b>"|lines }}""", "<p>&lt;b&gt;</p>"),
    ],
)
def test_wording_is_set_with_curly_marks_and_tags_are_left(app: Flask, template: str, shown: str) -> None:
    assert app.jinja_env.from_string(template).render(word="it's") == shown


def test_a_name_that_is_not_defined_is_a_fault_in_our_templates_only(app: Flask) -> None:
    with pytest.raises(UndefinedError):
        app.jinja_env.from_string("{{ nothing }}").render()
    button = '{% from "govuk_frontend_jinja/components/button/macro.html" import govukButton %}{{ govukButton({}) }}'
    assert "<button" in app.jinja_env.from_string(button).render()
