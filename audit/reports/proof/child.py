"""The process in which a PDF from somebody else is checked: bytes in on standard input, the verdict out as JSON."""

from __future__ import annotations

import json
import logging
import sys
from dataclasses import asdict

from audit.reports.proof.check import check_pdf

# Far more than a report needs: enough for Plumbline's findings, and for the largest file that it takes.
MEMORY_LIMIT = 1_500_000_000
SECONDS_LIMIT = 20


def main() -> None:
    """Check the PDF on standard input, within limits of memory and time where the system has them."""
    _limit()
    # The library warns of every oddity in a file.
    logging.disable(logging.CRITICAL)
    verdict = check_pdf(sys.stdin.buffer.read())
    json.dump({**asdict(verdict), "outcome": verdict.outcome.value}, sys.stdout)


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    for kind, limit in ((resource.RLIMIT_AS, MEMORY_LIMIT), (resource.RLIMIT_CPU, SECONDS_LIMIT)):
        try:
            resource.setrlimit(kind, (limit, limit))
        except (ValueError, OSError):  # a system that has the name but not the limit, or a tighter one
            continue


if __name__ == "__main__":
    main()
