"""The Jinja environment of the pages.

Our own templates are strict: a name that is not defined is a fault. The GOV.UK components were written for a template
language in which it is an empty text, so they are compiled by a second environment that shares all else. What either
prints gets curly apostrophes and quotation marks, and so does the wording of our templates themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, MutableMapping
from typing import Any

from flask import Flask
from flask.sansio.app import App
from flask.templating import Environment
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader, StrictUndefined, Template, Undefined
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from audit.core.resources import templates
from audit.reports.html_text import shown
from audit.reports.wording import apostrophes, typographic
from audit.web.filters import FILTERS

COMPONENTS = ("govuk_frontend_jinja/", "govuk_frontend_wtf/")
_TAG_ENDS = re.compile(r"([<>])")


class Typography(Extension):
    """Makes apostrophes and quotation marks curly in the wording of our own templates, outside of tags."""

    def filter_stream(self, stream: TokenStream) -> TokenStream | Iterator[Token]:
        """The tokens of a template, its wording set as it should be."""
        return stream if (stream.name or "").startswith(COMPONENTS) else _set(stream)


def _set(stream: TokenStream) -> Iterator[Token]:
    in_tag = False
    for token in stream:
        if token.type == "data":
            pieces = _TAG_ENDS.split(token.value)
            for at, piece in enumerate(pieces):
                if piece in ("<", ">"):
                    in_tag = piece == "<"
                else:
                    pieces[at] = apostrophes(piece) if in_tag else typographic(piece)
            yield Token(token.lineno, token.type, "".join(pieces))
        else:
            yield token


class PageEnvironment(Environment):
    """Compiles our own templates strictly and the GOV.UK components leniently."""

    def __init__(self, app: App, **options: Any) -> None:
        options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True, "finalize": shown}
        super().__init__(app, **options)
        self.add_extension(Typography)
        self.components: Environment = self.overlay(undefined=Undefined, trim_blocks=False, lstrip_blocks=False)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What a template knows besides what a page gives it: the same for all.

        Jinja would chain a dict of each template's own before it, and going through chains is slow: it is done at each
        import of a macro.
        """
        return super().make_globals(d) if d else self.globals

    def _load_template(self, name: str, globals: Any) -> Template:
        if name.startswith(COMPONENTS) and "components" in vars(self):
            return self.components._load_template(name, globals)
        return super()._load_template(name, globals)


def prepare(app: Flask) -> None:
    """Give the app its templates, filters and environment."""
    app.jinja_environment = PageEnvironment
    app.jinja_loader = ChoiceLoader(
        [
            FileSystemLoader(templates()),
            PrefixLoader(
                {name: PackageLoader(name) for name in ("govuk_frontend_jinja", "govuk_frontend_wtf")},
            ),
        ]
    )
    app.jinja_env.filters.update(FILTERS)


def compile_all(app: Flask) -> None:
    """Compile the templates of the pages. Else a whole room waits for it when the first vote is revealed."""
    # Those of reports are made elsewhere, with filters of their own.
    for name in app.jinja_env.list_templates(filter_func=lambda name: not name.startswith("reports/")):
        app.jinja_env.get_template(name)
