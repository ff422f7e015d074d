"""A clock that tests set."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta


@dataclass
class Clock:
    """Stands still until it is moved."""

    at: datetime = field(default=datetime(2026, 11, 21, 14, 5, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.at

    def forward(self, by: timedelta) -> None:
        self.at += by

    def move(self, **step: float) -> None:
        self.forward(timedelta(**step))
