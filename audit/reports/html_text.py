"""How a text becomes HTML, on pages and in the report alike: curly apostrophes and quotation marks, and paragraphs."""

from __future__ import annotations

from markupsafe import Markup, escape

from audit.reports.wording import typographic


def shown(value: object) -> object:
    """What a template prints for a value: a plain text gets curly apostrophes and quotation marks.

    Only ``str`` itself is changed. Markup stands as it is, and so does any other subclass.
    """
    return typographic(value) if type(value) is str else value


def lines(text: str) -> Markup:
    """A text that someone typed, one paragraph per line, escaped."""
    return Markup("\n").join(
        Markup("<p>{}</p>").format(escape(typographic(line))) for line in text.splitlines() if line.strip()
    )
