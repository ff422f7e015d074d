"""How often and how many at once: a bound for work that anyone may ask for."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

from werkzeug.exceptions import TooManyRequests

SECONDS = 60.0


class Pace:
    """Lets so many in at once, and each address in so many times a minute. It forgets addresses after a minute."""

    def __init__(self, at_once: int, a_minute: int) -> None:
        self._places = BoundedSemaphore(at_once)
        self._most = a_minute
        self._lock = Lock()
        self._seen: dict[str, deque[float]] = {}

    @contextmanager
    def visit(self, address: str, now: float) -> Iterator[None]:
        """Do the work of one visit inside, at ``now`` in seconds. Raises TooManyRequests where it must wait."""
        self._note(address, now)
        if not self._places.acquire(blocking=False):
            raise TooManyRequests
        try:
            yield
        finally:
            self._places.release()

    def _note(self, address: str, now: float) -> None:
        with self._lock:
            for known in list(self._seen):
                times = self._seen[known]
                while times and now - times[0] >= SECONDS:
                    times.popleft()
                if not times:
                    del self._seen[known]
            times = self._seen.setdefault(address, deque())
            if len(times) >= self._most:
                raise TooManyRequests
            times.append(now)
