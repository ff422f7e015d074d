"""The structure tree of a document: its elements, what belongs to them, and how it is written into the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFObjectReference, PDFString

_ROOT = "StructTreeRoot"


@dataclass(frozen=True)
class MarkedContent:
    """A marked piece of a page: the page's internal name and the number of the piece on it."""

    page: str
    number: int


@dataclass(frozen=True)
class AnnotationKid:
    """An annotation: the internal names of its page and of its object."""

    page: str
    object: str


@dataclass(eq=False)
class Element:
    """A structure element.

    ``attributes`` are written as one attribute object with its owner under ``O``. ``words`` say where a link leads.
    """

    kind: str
    name: str
    parent: Element | None
    alt: str = ""
    actual_text: str = ""
    words: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    kids: list[Element | MarkedContent | AnnotationKid] = field(default_factory=list)


class StructureTree:
    """The elements of a document in reading order, under one ``Document`` element."""

    def __init__(self) -> None:
        self.root = Element("Document", "SE0", None)
        self._elements = [self.root]
        self._by_key: dict[object, Element] = {}
        self._parents: list[Element | Sequence[Element]] = []

    def element(self, kind: str, parent: Element, key: object = None, **more: Any) -> Element:
        """A new element at the end of ``parent``, or the one made before under the same ``key``.

        The further arguments are those of ``Element``. They count only where an element is made.
        """
        found = self._by_key.get(key) if key is not None else None
        if found is not None:
            return found
        made = Element(kind, f"SE{len(self._elements)}", parent, **more)
        self._elements.append(made)
        parent.kids.append(made)
        if key is not None:
            self._by_key[key] = made
        return made

    def holds(self, key: object) -> bool:
        """Whether an element was made under this key."""
        return key in self._by_key

    def number_for(self, parents: Element | Sequence[Element]) -> int:
        """The number under which the parent tree finds these: a page's elements by piece, or an annotation's one."""
        self._parents.append(parents)
        return len(self._parents) - 1

    def write(self, document: Any) -> PDFDictionary:
        """Put all elements into ReportLab's document, and give back the root for its catalogue."""
        for element in self._elements:
            document.Reference(_dictionary(element), element.name)
        nums = [each for number, parents in enumerate(self._parents) for each in (number, _references(parents))]
        root = PDFDictionary(
            {
                "Type": PDFName("StructTreeRoot"),
                "K": PDFArray([PDFObjectReference(self.root.name)]),
                "ParentTree": PDFDictionary({"Nums": PDFArray(nums)}),
                "ParentTreeNextKey": len(self._parents),
            }
        )
        document.Reference(root, _ROOT)
        return root


def _references(parents: Element | Sequence[Element]) -> Any:
    if isinstance(parents, Element):
        return PDFObjectReference(parents.name)
    return PDFArray([PDFObjectReference(element.name) for element in parents])


def _dictionary(element: Element) -> PDFDictionary:
    page = next((kid.page for kid in element.kids if isinstance(kid, MarkedContent)), None)
    entries: dict[str, Any] = {
        "Type": PDFName("StructElem"),
        "S": PDFName(element.kind),
        "P": PDFObjectReference(element.parent.name if element.parent else _ROOT),
    }
    if element.kids:
        entries["K"] = PDFArray([_kid(kid, page) for kid in element.kids])
    if page:
        entries["Pg"] = PDFObjectReference(page)
    if element.alt:
        entries["Alt"] = PDFString(element.alt)
    if element.actual_text:
        entries["ActualText"] = PDFString(element.actual_text)
    if element.attributes:
        entries["A"] = PDFDictionary(dict(element.attributes))
    return PDFDictionary(entries)


def _kid(kid: Element | MarkedContent | AnnotationKid, page: str | None) -> Any:
    """A kid as it stands in its element, whose own page is ``page``."""
    if isinstance(kid, Element):
        return PDFObjectReference(kid.name)
    if isinstance(kid, AnnotationKid):
        entries = {"Type": PDFName("OBJR"), "Obj": PDFObjectReference(kid.object), "Pg": PDFObjectReference(kid.page)}
        return PDFDictionary(entries)
    if kid.page == page:
        return kid.number
    return PDFDictionary({"Type": PDFName("MCR"), "Pg": PDFObjectReference(kid.page), "MCID": kid.number})
