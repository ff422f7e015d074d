"""Two findings and one small file of each kind that says what they come to, for tests that change a word in them."""

from __future__ import annotations

from pathlib import Path

from audit.core.evidence_loader import load_library_folder
from audit.core.library import Library
from audit.core.library_loader import assemble

ITEMS = ("A", "B", "C")

FINDINGS = """\
publication: {id: p, short: P, title: Paper, authors: A. Reader, published: "2020"}
findings:
  - {id: P-1, line: 3, place: Page 1, items: [A, B], kind: finding, setting: Town, says: It worked., figures: [],
     basis: interviews, direction: supports, strength: observed, repeats: [{id: P-9, line: 30, place: Page 9}]}
  - {id: P-2, line: 5, place: Page 2, items: [B], kind: barrier, setting: "", says: It did not., figures: [],
     basis: interviews, direction: contradicts, strength: judged}
"""

SYNTHESES = """\
- item: B
  thin: true
  evidence: {says: It worked., findings: [P-1]}
  strength: {says: Thin., findings: [P-1]}
  against: {says: It did not., findings: [P-2]}
  depends: {says: On time., findings: [P-2]}
  missing: {says: It was missed., findings: [P-1]}
  endangers: {says: Haste., findings: [P-2]}
  tried: [P-1]
  barriers: [P-2]
  best: [P-2, P-1]
"""

LINKS = """\
- id: first
  kind: needs
  item: A
  other: B
  says: A works with B.
  findings: [P-1]
  warns: {says: Look at B., item_at_least: 3, other_at_most: 1}
- id: second
  kind: tension
  item: B
  other: C
  says: B is in the way of C.
  findings: [P-2]
- id: third
  kind: needs
  item: C
  other: A
  says: C rests on A.
  findings: [P-1]
  warns: {says: Look at A., item_above_other: true}
"""

SETTINGS = """\
- id: town
  name: Town
  group: hackney
  where: Town
  did: It tried.
  studied: Interviews.
  became: Nobody says.
  sources: [{publication: p, place: Page 1, line: 3}]
  findings: [P-1]
  covers: [Town]
"""

CAUTIONS = """\
- id: first-audit
  says: Read it with care.
  findings: [P-2]
"""

FILES = {"syntheses": SYNTHESES, "links": LINKS, "settings": SETTINGS, "cautions": CAUTIONS}


def small_library(folder: Path, **texts: str) -> Library:
    """The library of the small files, with other ``texts`` for those that are named."""
    (folder / "evidence").mkdir()
    (folder / "evidence" / "p.yaml").write_text(FINDINGS, encoding="utf-8")
    (folder / "syntheses").mkdir(exist_ok=True)
    for name, text in {**FILES, **texts}.items():
        place = "syntheses/small.yaml" if name == "syntheses" else f"{name}.yaml"
        (folder / place).write_text(text, encoding="utf-8")
    return assemble(load_library_folder(folder / "evidence", ITEMS).findings, folder, ITEMS)
