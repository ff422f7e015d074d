"""A finished file with its small objects in compressed object streams: the structure of a report is thousands."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

# So many objects share a stream. A reader unpacks a stream as a whole, so they must not be too many.
TOGETHER = 200


@dataclass(frozen=True)
class _Object:
    number: int
    body: bytes

    @property
    def packs(self) -> bool:
        """Whether it may stand in an object stream: another stream may not."""
        return not self.body.endswith(b"endstream\n")


def packed(document: Any, data: bytes) -> bytes:
    """The file that ReportLab's ``document`` formatted as ``data``, with object streams and a table of objects in one.

    What it holds and the numbers of its objects stay. It is not for encrypted or signed files.
    """
    objects = list(_objects(document, data))
    file = bytearray(data[: min(document.idToOffset.values())])
    places = {0: (0, 0, 65535)}
    for each in objects:
        if not each.packs:
            places[each.number] = (1, _add(file, each.number, each.body), 0)
    number = len(objects) + 1
    packing = [each for each in objects if each.packs]
    for first in range(0, len(packing), TOGETHER):
        group = packing[first : first + TOGETHER]
        places |= {each.number: (2, number, index) for index, each in enumerate(group)}
        places[number] = (1, _add(file, number, _object_stream(group)), 0)
        number += 1
    places[number] = (1, len(file), 0)
    start = _add(file, number, _table(document, [places[each] for each in range(number + 1)]))
    return bytes(file) + b"startxref\n%d\n%%%%EOF\n" % start


def _objects(document: Any, data: bytes) -> Iterator[_Object]:
    """The objects in the order of their numbers, without what frames them in the file."""
    names = [document.numberToId[number] for number in sorted(document.numberToId)]
    starts = [*(document.idToOffset[name] for name in names), data.rindex(b"xref\n", 0, data.rindex(b"startxref"))]
    for number, (start, end) in enumerate(pairwise(starts), start=1):
        yield _Object(number, data[start:end].partition(b" obj\n")[2].removesuffix(b"endobj\n"))


def _object_stream(objects: Sequence[_Object]) -> bytes:
    head, bodies = [], bytearray()
    for each in objects:
        head.append(b"%d %d" % (each.number, len(bodies)))
        bodies += each.body
    directory = b" ".join(head) + b"\n"
    entries = b"/Type /ObjStm /N %d /First %d" % (len(objects), len(directory))
    return _stream(entries, directory + bytes(bodies))


def _table(document: Any, places: Sequence[tuple[int, int, int]]) -> bytes:
    """Where each object stands, as a stream that also says where a reader begins."""
    rows = b"".join(
        kind.to_bytes(1, "big") + place.to_bytes(4, "big") + index.to_bytes(2, "big") for kind, place, index in places
    )
    root, info = (document.Reference(each).format(document) for each in (document.Catalog, document.info))
    entries = b"/Type /XRef /Size %d /W [1 4 2] /Root %s /Info %s" % (len(places), root, info)
    return _stream(entries + b" /ID " + document.ID(), rows)


def _stream(entries: bytes, content: bytes) -> bytes:
    small = zlib.compress(content, 9)
    return b"<< %s /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream\n" % (entries, len(small), small)


def _add(file: bytearray, number: int, body: bytes) -> int:
    """Put an object at the end of the file, and give back where it begins."""
    start = len(file)
    file += b"%d 0 obj\n%sendobj\n" % (number, body)
    return start
