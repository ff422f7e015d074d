"""Small pieces of English: counts, lists and levels, so that no sentence reads as filled in by a machine."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from audit.core.bank import Level

# How the id of a finding looks: HACK-245.
FINDING_ID = re.compile(r"\b[A-Z]{3,4}-\d{3}\b")
_NUMBERS = "no one two three four five six seven eight nine".split()


def plural(noun: str, count: int) -> str:
    """The noun in the number that ``count`` asks for."""
    return noun if count == 1 else f"{noun}s"


def counted(count: int, noun: str) -> str:
    """``one condition``, ``12 conditions``, ``no conditions``: words below ten, digits from ten."""
    number = _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"
    return f"{number} {plural(noun, count)}"


def with_article(noun: str) -> str:
    """``a condition``, ``an ingredient``."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def listed(words: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def capital(sentence: str) -> str:
    """The sentence with its first letter in upper case."""
    return sentence[:1].upper() + sentence[1:]


def level_words(level: Level) -> str:
    """A level as people read it: ``2, partly in place``."""
    return f"{level.number}, {level.name[:1].lower()}{level.name[1:]}"


def two_lines(name: str) -> list[str]:
    """A short name broken into at most two lines, for the head of a chart."""
    words = name.split()
    middle = (len(words) + 1) // 2
    return [line for line in (" ".join(words[:middle]), " ".join(words[middle:])) if line]


# The three questions of the published self-audit, as column titles.
COLUMN_TITLES = ("What happens now", "What needs to happen", "How you will progress this")
# The same where Plumbline read a publication and speaks of others.
READ_TITLES = (*COLUMN_TITLES[:2], "How this is to be progressed")

_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)|(?<=s)'(?=\s)")
_QUOTED = re.compile(r'"([^"\n]*)"')


def typographic(text: str) -> str:
    """The text with curly apostrophes and quotation marks."""
    return _QUOTED.sub("“\\1”", apostrophes(text))


def apostrophes(text: str) -> str:
    """The text with curly apostrophes. Its quotation marks stay, so it may hold HTML."""
    return _APOSTROPHE.sub("’", text)


def day_words(iso: str) -> str:
    """An ISO date as people write it: ``21 November 2026``; what is no date stays as it is."""
    try:
        day = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day.day} {day:%B %Y}"
