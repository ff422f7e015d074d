"""Links inside a report: from the id of a finding to the row that says where it stands, and on to its publication.

A link needs a place that is printed, and texts with ids come from everywhere in a report. So the ids that can be
linked are named once for all that is set inside ``linking``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from xml.sax.saxutils import escape

from audit.reports import colours

_ID = re.compile(r"\b[A-Z]{3,4}-\d{3}\b")
_PRINTED: ContextVar[frozenset[str]] = ContextVar("printed", default=frozenset())


@contextmanager
def linking(ids: Iterable[str]) -> Iterator[None]:
    """Meanwhile each of these ids becomes a link wherever a text names it."""
    token = _PRINTED.set(frozenset(ids))
    try:
        yield
    finally:
        _PRINTED.reset(token)


def linked(markup: str) -> str:
    """The markup with a link around each id that is printed in the list of findings."""
    printed = _PRINTED.get()
    return _ID.sub(lambda found: _to_finding(found[0]) if found[0] in printed else found[0], markup)


def finding_place(finding_id: str) -> str:
    """The id as markup that links to it lead to."""
    return _place(_finding(finding_id), finding_id)


def publication_place(number: int, short: str) -> str:
    """The short name of a publication, number so much of the references, as markup that links to it lead to."""
    return _place(_publication(number), short)


def to_publication(place: str, shorts: Sequence[str]) -> str:
    """A place of a finding as markup. The publication it begins with, one of ``shorts``, is a link to its entry."""
    for number, short in enumerate(shorts):
        if place.startswith(f"{short},"):
            return _link(_publication(number), escape(short)) + escape(place.removeprefix(short))
    return escape(place)


def _to_finding(finding_id: str) -> str:
    return _link(_finding(finding_id), f'<font color="{colours.BRAND}">{finding_id}</font>')


def _finding(finding_id: str) -> str:
    return f"finding-{finding_id}"


def _publication(number: int) -> str:
    return f"publication-{number}"


def _link(key: str, markup: str) -> str:
    return f'<a href="#{key}">{markup}</a>'


def _place(key: str, text: str) -> str:
    return f'<a name="{key}"/>{escape(text)}'
