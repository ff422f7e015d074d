"""What a process takes: memory, and processor time. Where there is no /proc, it says 0."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from time import sleep


@dataclass(frozen=True)
class Usage:
    """Resident memory in megabytes, and processor time as a share of one processor."""

    megabytes: int
    processor: float


def usage_of(pid: int, seconds: float) -> Usage:
    """What a process takes over so many seconds from now; memory as it is at their end."""
    before = _ticks(pid)
    sleep(seconds)
    return Usage(resident(pid), (_ticks(pid) - before) / os.sysconf("SC_CLK_TCK") / seconds)


def resident(pid: int) -> int:
    """Resident memory in megabytes."""
    found = re.search(r"VmRSS:\s+(\d+)", _read(pid, "status"))
    return int(found[1]) // 1024 if found else 0


def _ticks(pid: int) -> int:
    fields = _read(pid, "stat").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12]) if fields else 0


def _read(pid: int, name: str) -> str:
    path = Path(f"/proc/{pid}/{name}")
    return path.read_text(encoding="ascii", errors="replace") if path.is_file() else ""
