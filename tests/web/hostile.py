"""Hostile texts in every field that takes text, and what must not come of them in any file."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any
from xml.etree.ElementTree import Element, fromstring
from zipfile import ZipFile

from openpyxl import load_workbook
from pypdf import PdfReader

from tests.web.client import Page

SEEN = "<script>alert(7)</script>{{7*7}}"
# A name must be printable and short; a text may also turn the direction of writing.
LINE = f"=cmd|' /C calc'!A0{SEEN}<img src=\"file:///x\"/>"
TEXT = f'{LINE}${{7*7}}<a href="file:///etc/passwd" onclick="alert(7)">x</a><para/>]]>&amp;<!-- \u202egnal\u202c'
# Texts that are in the page as it comes, or that a reader types nothing hostile into.
_FREE = {"text", "search", "email", "url"}


@dataclass(frozen=True)
class Form:
    """A form of a page: where it goes, how, what it sends untouched, and the names of its fields for text."""

    method: str
    action: str
    untouched: dict[str, str]
    texts: tuple[str, ...]

    def filled(self, text: str, but: dict[str, str]) -> dict[str, str]:
        """What it sends when somebody puts a text into each field, ``but`` other values into some."""
        return {**self.untouched, **dict.fromkeys(self.texts, text), **but}


def forms_of(page: Page) -> Iterator[Form]:
    """The forms of a page that take text."""
    for element in page.all("form"):
        texts = tuple(str(each.get("name")) for each in element.iter() if _takes_text(each) and each.get("name"))
        if texts:
            action = (element.get("action") or page.address).partition("#")[0]
            yield Form((element.get("method") or "get").lower(), action, dict(_untouched(element)), texts)


def _takes_text(element: Element) -> bool:
    return element.tag == "textarea" or (element.tag == "input" and (element.get("type") or "text") in _FREE)


def _untouched(form: Element) -> Iterator[tuple[str, str]]:
    """What a form sends where every box is ticked, and the last of each set of choices is chosen."""
    for field in form.iter():
        name, kind = field.get("name"), field.get("type")
        if name and field.tag == "input" and kind not in ("file", "password"):
            yield name, field.get("value") or ""
        elif name and field.tag == "textarea":
            yield name, field.text or ""
        elif name and field.tag == "select":
            yield name, [each.get("value") or "" for each in field.iter("option")][-1]


def check_page(page: Page, *, own_style: bool = False) -> None:
    """Raise AssertionError where a page holds what was typed as more than text."""
    if not own_style:
        page.check()
    assert not page.all("img", "para", "object", "iframe"), page.address
    for element in page.tree.iter():
        for name in ("href", "src", "action", "formaction"):
            assert not (element.get(name) or "").startswith(("file:", "javascript:")), page.address
    assert "<script>alert" not in page.html, page.address


def _pdf(data: bytes) -> str:
    reader = PdfReader(BytesIO(data))
    links = [str(link.get_object().get("/A", {}).get("/URI", "")) for each in reader.pages for link in _links(each)]
    assert not [link for link in links if link.startswith("file:")]
    assert b"/JavaScript" not in data
    assert b"/Launch" not in data
    return "".join(page.extract_text() for page in reader.pages)


def _links(page: Any) -> list[Any]:
    return list(page.get("/Annots", []))


def _packed(data: bytes) -> str:
    """A Word file: every part is well-formed, and no relation leads to a file."""
    texts = []
    with ZipFile(BytesIO(data)) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                tree = fromstring(parts.read(name))  # noqa: S314 - our own file
                assert not [each for each in tree.iter() if (each.get("Target") or "").startswith("file:")], name
                texts.append("".join(tree.itertext()))
    return "\n".join(texts)


def _workbook(data: bytes) -> str:
    book = load_workbook(BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f" and "cmd" in str(cell.value)]
    return _packed(data) + "\n".join(str(cell.value) for cell in cells)


def _table(data: bytes) -> str:
    text = data.decode("utf-8-sig")
    cells = [cell for row in csv.reader(StringIO(text)) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "@", "+", "-"))]
    return "\n".join(cells)


# How to read each kind of file that a page hands out. A new kind needs a reader here.
READERS: dict[str, Callable[[bytes], str]] = {
    "application/pdf": _pdf,
    "application/json": lambda data: json.dumps(json.loads(data), ensure_ascii=False).replace('\\"', '"'),
    "application/vnd.sqlite3": lambda data: data.decode("utf-8", "replace"),
    "text/csv": _table,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": _workbook,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": _packed,
}


def shows(text: str) -> bool:
    """Whether a text of a file says what was typed, wherever its lines break."""
    return re.sub(r"\s", "", SEEN) in re.sub(r"\s|\u00ad|\u200b", "", text)
