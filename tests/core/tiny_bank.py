"""A minimal valid bank as text, for tests that change it."""

from __future__ import annotations

TINY = """\
id: tiny
version: 1.0.0
title: Tiny bank
item_noun: condition
summary: A bank for tests.
source: {publication: none, place: Page 1, line: 10}
caution: The levels are ours.
scale:
  - {number: 0, name: Low, summary: Not there.}
  - {number: 1, name: Middle, summary: Half there.}
  - {number: 2, name: High, summary: There.}
default_target: 1
bands:
  - {from: 0, name: Poor, says: It is poor.}
  - {from: 1/2, name: Good, says: It is good.}
weightings:
  - {name: equal, title: Equal weights, rule: Each counts the same.}
sections:
  - id: part
    title: A part
    items:
      - id: A
        title: Item A
        prompt: How far is A there?
        source: {place: Row 1, line: 1}
        weight: 1
        descriptors: {0: No A., 1: Half of A., 2: All of A.}
        look_for: [a paper]
        depends_on: [{item: B, says: A speaks of B.}]
      - id: B
        title: Item B
        prompt: How far is B there?
        source: {place: Row 2, line: 2}
        weight: 3
        descriptors: {0: No B., 1: Half of B., 2: All of B.}
        look_for: [a list]
"""


def changed(old: str, new: str) -> str:
    """The tiny bank with one change, at the one place where ``old`` stands."""
    assert TINY.count(old) == 1, f"{old!r} does not stand once in the bank"
    return TINY.replace(old, new)


def nested(depth: int) -> str:
    """The tiny bank with one item, ``depth`` sections down."""
    head = TINY.split("sections:\n")[0]
    above = "".join(f"sections: [{{id: S{n}, title: Section {n}, " for n in range(depth))
    item = "{id: A, title: A, prompt: P, source: {place: P, line: 1}, weight: 1, look_for: [x], "
    return f"{head}{above}items: [{item}descriptors: {{0: a, 1: b, 2: c}}}}]{'}]' * depth}\n"
