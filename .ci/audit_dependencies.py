"""Ask the package index for known vulnerabilities of what is installed: ``python .ci/audit_dependencies.py``.

Ends with 1 where there are any. Where the index cannot be asked, says so loudly and ends with 0: that is no fault of
the code, and it is no all-clear either.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

COMMAND = ("-m", "pip_audit", "--format", "json", "--skip-editable", "--progress-spinner", "off", "--timeout", "10")
SECONDS = 300


def main() -> int:
    """The exit code."""
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command
            [sys.executable, *COMMAND], capture_output=True, text=True, check=False, timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        return _not_asked(f"no answer within {SECONDS} seconds")
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        return _not_asked((done.stderr.strip().splitlines() or ["no answer"])[-1][:300])
    return _judged(packages)


def _judged(packages: list[dict[str, Any]]) -> int:
    asked = [package for package in packages if "vulns" in package]
    # Our own package is installed as editable, and is not asked for.
    unknown = [each["name"] for each in packages if "vulns" not in each and "editable" not in each["skip_reason"]]
    faulty = [package for package in asked if package["vulns"]]
    for package in faulty:
        for fault in package["vulns"]:
            fixed = ", ".join(fault["fix_versions"]) or "no version yet"
            _say(f"{package['name']} {package['version']}: {fault['id']}, mended in {fixed}")
    if not asked:
        return _not_asked("it knows none of the packages")
    if unknown:
        _say(f"NOT CHECKED, because the package index does not know them: {', '.join(unknown)}")
    _say(f"{len(asked)} packages were checked for known vulnerabilities; {len(faulty)} have some.")
    return 1 if faulty else 0


def _not_asked(reason: str) -> int:
    _say(f"DEPENDENCIES WERE NOT CHECKED FOR VULNERABILITIES: the package index could not be asked ({reason}).")
    return 0


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")


if __name__ == "__main__":
    sys.exit(main())
