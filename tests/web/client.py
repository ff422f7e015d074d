"""A client that holds house style on every page it is given."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

Data = Mapping[str, str | list[str]]
# A button has its words inside; the others need a label.
FIELDS = ("input", "select", "textarea")
UNLABELLED = ("hidden", "submit", "button")
NOT_READ = ("script", "style", "textarea", "code", "title")
STRAIGHT = re.compile(r"\w'\w")


class Page:
    """A page of HTML that has passed the checks, and ways to look into it."""

    def __init__(self, address: str, response: TestResponse, app: Flask) -> None:
        self.address = address
        self.response = response
        self.html = response.text
        self._app = app
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        self.tree: Element = parser.parse(self.html)
        self.faults = [
            f"line {place[0]}: {code} {details}" for place, code, details in parser.errors if code != "expected-doctype"
        ]

    def all(self, *names: str) -> list[Element]:
        """The elements of these names, in order."""
        return [element for element in self.tree.iter() if element.tag in names]

    def first(self, name: str) -> Element:
        """The first element of this name."""
        found = self.all(name)
        assert found, f"{self.address}: there is no {name}"
        return found[0]

    def by_id(self, wanted: str) -> Element:
        """The element with this id."""
        found = [element for element in self.tree.iter() if element.get("id") == wanted]
        assert found, f"{self.address}: nothing has the id {wanted}"
        return found[0]

    @property
    def title(self) -> str:
        """The title."""
        return words(self.first("title"))

    @property
    def heading(self) -> str:
        """The words of the h1."""
        return words(self.first("h1"))

    @property
    def text(self) -> str:
        """All that a reader reads in main."""
        return words(self.first("main"))

    @property
    def errors(self) -> list[str]:
        """The lines of the error summary."""
        summaries = [each for each in self.all("div") if "govuk-error-summary" in (each.get("class") or "").split()]
        return [words(item) for summary in summaries for item in summary.iter("li")]

    def link(self, label: str) -> str:
        """Where the first link with these words leads."""
        found = [each.get("href") or "" for each in self.all("a") if words(each) == label]
        assert found, f'{self.address}: there is no link "{label}"'
        return found[0]

    def value(self, name: str) -> str:
        """What a field holds."""
        field = next((each for each in self.all(*FIELDS) if each.get("name") == name), None)
        assert field is not None, f"{self.address}: there is no field {name}"
        return (field.text or "") if field.tag == "textarea" else (field.get("value") or "")

    @property
    def token(self) -> str:
        """The token of the page's form in main, or of any other form of the page."""
        found = [each.get("value") for each in self.first("main").iter("input") if each.get("name") == "csrf_token"]
        found += [each.get("value") for each in self.all("input") if each.get("name") == "csrf_token"]
        return (found[0] or "") if found else ""

    def check(self) -> None:
        """Raise AssertionError with all that is against the house style."""
        wrong = [*self.faults, *self._frame(), *self._fields(), *self._policy(), *self._wording(), *self._addresses()]
        assert not wrong, f"{self.address}:\n  " + "\n  ".join(wrong)

    def _frame(self) -> Iterator[str]:
        headings = self.all("h1")
        if len(headings) != 1:
            yield f"{len(headings)} h1"
        elif not self.heading or not self.title.removeprefix("Error: ").startswith(self.heading):
            yield f'the title "{self.title}" does not begin with the h1 "{self.heading}"'
        if self.title.startswith("Error: ") is not bool(self.errors):
            yield "Error: in the title and the error summary do not agree"
        if self.first("html").get("lang") not in ("en", "en-GB"):
            yield "the language is not English"
        levels = [int(each.tag[1]) for each in self.all("h1", "h2", "h3", "h4") if self._in_main(each)]
        yield from (f"h{low} is followed by h{high}" for low, high in pairwise(levels) if high > low + 1)
        ids = Counter(each.get("id") for each in self.tree.iter() if each.get("id") is not None)
        yield from (f"the id {name} is there {count} times" for name, count in ids.items() if count > 1)
        named = [name for each in self.tree.iter() for name in references(each)]
        yield from (f"nothing has the id {name}" for name in named if name not in ids)

    def _in_main(self, element: Element) -> bool:
        return any(each is element for each in self.first("main").iter())

    def _fields(self) -> Iterator[str]:
        targets = {label.get("for") for label in self.all("label") if words(label)}
        wrapped = {id(field) for label in self.all("label") if words(label) for field in label.iter()}
        for field in self.all(*FIELDS):
            if field.get("type") in UNLABELLED or field.get("id") in targets or id(field) in wrapped:
                continue
            if not (field.get("aria-label") or field.get("aria-labelledby")):
                yield f"the {field.tag} {field.get('name')} has no label"
        yield from (
            "a button has no words" for each in self.all("button") if not (words(each) or each.get("aria-label"))
        )
        for form in self.all("form"):
            posts = (form.get("method") or "get").lower() == "post"
            if posts and not any(each.get("name") == "csrf_token" and each.get("value") for each in form.iter("input")):
                yield f"the form to {form.get('action')} carries no token"

    def _policy(self) -> Iterator[str]:
        policy = self.response.headers.get("Content-Security-Policy", "")
        if "default-src 'none'" not in policy or "unsafe" in policy:
            yield f'the Content-Security-Policy is "{policy}"'
        nonces = re.findall(r"'nonce-([^']+)'", policy)
        for script in self.all("script"):
            if script.get("src") is None and script.get("nonce") not in nonces:
                yield "an inline script without the nonce"
        yield from ("a style element" for _ in self.all("style"))
        for element in self.tree.iter():
            yield from (
                f"{element.tag} has {name}" for name in element.attrib if name == "style" or name.startswith("on")
            )

    def _wording(self) -> Iterator[str]:
        for text in read_texts(self.first("body")):
            yield from (f"a straight apostrophe in {text.strip()[:60]!r}" for _ in STRAIGHT.findall(text)[:1])

    def _addresses(self) -> Iterator[str]:
        ids = {each.get("id") for each in self.tree.iter()}
        for element, name, method in (
            ("a", "href", "GET"),
            ("link", "href", "GET"),
            ("script", "src", "GET"),
            ("img", "src", "GET"),
        ):
            for each in self.all(element):
                address = each.get(name)
                if address is not None:
                    yield from self._resolves(address, method, ids)
        for form in self.all("form"):
            yield from self._resolves(form.get("action") or self.address, (form.get("method") or "get").upper(), ids)

    def _resolves(self, address: str, method: str, ids: set[str | None]) -> Iterator[str]:
        parts = urlsplit(address)
        if parts.scheme in ("http", "https", "mailto", "data"):
            return
        if address.startswith("#"):
            if address[1:] not in ids:
                yield f"{address} leads nowhere on the page"
            return
        here = urlsplit(self.address).path if not parts.path else parts.path
        try:
            self._app.url_map.bind("localhost").match(here, method=method)
        except HTTPException as fault:
            yield f"{method} {address} leads nowhere: {fault.code}"


class PageClient:
    """A browser without scripts: it keeps its cookies, checks each page and remembers the last one."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.browser = app.test_client()
        self.last: Page | None = None

    def get(self, path: str, status: int = 200) -> Page:
        """The page at this address."""
        return self._page(path, self.browser.get(path), status)

    def post(self, path: str, data: Data | None = None, status: int = 302) -> Page | TestResponse:
        """Send a form with the token of the last page. A redirect is given back as it is: see ``follow``."""
        answer = self.send(path, data)
        if answer.status_code in (301, 302, 303):
            assert answer.status_code == status, f"{path}: {answer.status_code} to {answer.location}"
            return answer
        return self._page(path, answer, status)

    def submit(self, path: str, data: Data | None = None) -> Page:
        """Send a form that is accepted, and give the page that follows."""
        answer = self.send(path, data)
        if answer.status_code not in (302, 303):
            page = Page(path, answer, self.app)
            raise AssertionError(f"{path}: {answer.status_code} {page.heading}: {page.errors}")
        return self.get(answer.location)

    def refuse(self, path: str, data: Data | None = None, status: int = 200) -> Page:
        """Send a form that is not accepted, and give the page that says why."""
        return self._page(path, self.send(path, data), status)

    def send(self, path: str, data: Data | None = None) -> TestResponse:
        """Send a form with the token of the last page, and nothing else."""
        fields = {"csrf_token": (self.last or self.get("/help")).token, **(data or {})}
        return self.browser.post(path, data=fields)

    def follow(self, answer: TestResponse, status: int = 200) -> Page:
        """The page that a redirect leads to."""
        assert answer.status_code in (301, 302, 303), f"{answer.status_code} is no redirect"
        return self.get(answer.location, status)

    def _page(self, path: str, response: TestResponse, status: int) -> Page:
        there = f" to {response.location}" if response.location else ""
        assert response.status_code == status, f"{path}: {response.status_code}{there}"
        assert response.mimetype == "text/html", f"{path}: {response.mimetype}"
        self.last = Page(path, response, self.app)
        self.last.check()
        return self.last


def words(element: Element) -> str:
    """The text of an element with single spaces."""
    return " ".join("".join(element.itertext()).split())


def read_texts(element: Element) -> Iterator[str]:
    """The pieces of text that a reader reads as wording: not what stands in a field or in code."""
    if element.tag not in NOT_READ:
        yield element.text or ""
        for child in element:
            yield from read_texts(child)
            yield child.tail or ""


def references(element: Element) -> list[str]:
    """The ids that an element names as its label, its description or what it controls."""
    names = [element.get(name) or "" for name in ("for", "aria-describedby", "aria-labelledby", "aria-controls")]
    return [name for each in names for name in each.split()]
