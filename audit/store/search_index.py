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
# What stands in quotation marks, straight or curly, belongs together.
_PHRASE = re.compile(r"[\"\u201c\u201d]([^\"\u201c\u201d]*)[\"\u201c\u201d]")


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

        Words in quotation marks must follow one another. All other marks are passed over, so that no text is an error;
        a text without words finds nothing.
        """
        terms = _terms(normalize("NFC", text))
        if not terms:
            return ()
        return self._matching(" AND ".join(terms)) or self._matching(" OR ".join(terms))

    def _matching(self, query: str) -> tuple[str, ...]:
        with self._lock:
            return tuple(row["id"] for row in self._documents.search(query, columns=["id"]))


def _terms(text: str) -> list[str]:
    """The phrases and the other words of a text, quoted for FTS5."""
    phrases = [_WORD.findall(phrase)[:MOST_WORDS] for phrase in _PHRASE.findall(text)]
    words = [[word] for word in _WORD.findall(_PHRASE.sub(" ", text))]
    return [f'"{" ".join(term)}"' for term in [*phrases, *words] if term][:MOST_WORDS]
