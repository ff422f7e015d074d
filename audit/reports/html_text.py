"""How a text becomes HTML, on pages and in the report alike: curly apostrophes and quotation marks, and paragraphs."""

from __future__ import annotations

from markupsafe import Markup, escape

from audit.reports.wording import FINDING_ID, typographic


def shown(value: object) -> object:
    """What a template prints for a value: a plain text gets curly apostrophes and quotation marks.

    Only ``str`` itself is changed. Markup stands as it is, and so does any other subclass.
    """
    return typographic(value) if type(value) is str else value


def lines(text: str) -> Markup:
    """A text that someone typed, one paragraph per line, escaped. Ids of findings do not break."""
    return Markup("\n").join(Markup("<p>{}</p>").format(whole_ids(line)) for line in text.splitlines() if line.strip())


def whole_ids(text: str) -> Markup:
    """A text, escaped, in which no line ends inside the id of a finding. What is copied holds plain hyphens."""
    return Markup(FINDING_ID.sub(r'<span class="whole">\g<0></span>', str(escape(typographic(text)))))  # noqa: S704 - escaped in this line
