"""Full-text search over texts, in SQLite's FTS5, in memory."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping
from threading import Lock
from unicodedata import normalize

from sqlite_utils import Database

# More words make no search better, and a page of pasted text would make it slow.
MOST_WORDS = 24
_WORD = re.compile(r"[^\W_]+")


class SearchIndex:
    """Documents by id, searched by words. Threads can share it.

    A document is a mapping of its ``id`` and of each of the ``columns`` to text. A column has a weight: a word found in
    a column of weight 4 counts four times as much as in one of weight 1. Words match in any case, with or without
    accents, and in singular and plural.
    """

    def __init__(self, columns: Mapping[str, float], documents: Iterable[dict[str, str]]) -> None:
        self._lock = Lock()
        self._database = Database(sqlite3.connect(":memory:", check_same_thread=False), execute_plugins=False)
        self._documents = self._database.table("documents")
        self._documents.insert_all(documents, pk="id")
        self._documents.enable_fts(list(columns), tokenize="porter unicode61")
        weights = ", ".join(str(weight) for weight in columns.values())
        self._database.execute(
            "INSERT INTO documents_fts (documents_fts, rank) VALUES ('rank', ?)", [f"bm25({weights})"]
        )

    def search(self, text: str) -> tuple[str, ...]:
        """The ids of the documents that hold all words of ``text``, best first; where none does, that hold any.

        Anything but words is passed over, so that no text is an error; a text without words finds nothing.
        """
        words = [f'"{word}"' for word in _WORD.findall(normalize("NFC", text))[:MOST_WORDS]]
        if not words:
            return ()
        return self._matching(" AND ".join(words)) or self._matching(" OR ".join(words))

    def _matching(self, query: str) -> tuple[str, ...]:
        with self._lock:
            return tuple(row["id"] for row in self._documents.search(query, columns=["id"]))
