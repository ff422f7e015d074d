"""Texts that are the same for many who ask, each made once and kept for a while."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock


class Kept:
    """Texts by what they were made from, at most ``most`` of them. Threads can share it."""

    def __init__(self, most: int = 256) -> None:
        self._most = most
        self._lock = Lock()
        self._texts: OrderedDict[Hashable, bytes] = OrderedDict()
        self._making: dict[Hashable, Lock] = {}

    def find(self, key: Hashable) -> bytes | None:
        """The text of this key, or None where it is not there."""
        with self._lock:
            if key in self._texts:
                self._texts.move_to_end(key)
            return self._texts.get(key)

    def text(self, key: Hashable, make: Callable[[], str]) -> bytes:
        """The text of this key. Where it is not there, one who asks makes it and the others wait for that."""
        with self._lock:
            making = self._making.setdefault(key, Lock())
        try:
            with making:
                found = self.find(key)
                if found is None:
                    found = make().encode()
                    self._keep(key, found)
                return found
        finally:
            with self._lock:
                self._making.pop(key, None)

    def _keep(self, key: Hashable, text: bytes) -> None:
        with self._lock:
            self._texts[key] = text
            while len(self._texts) > self._most:
                self._texts.popitem(last=False)
