"""Which styles of a workbook show a number as a date or a time."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

# The formats that every spreadsheet knows by number.
_KNOWN = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_NOT_A_UNIT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_UNIT = re.compile("[dmyhs]", re.IGNORECASE)


def date_styles(root: Element) -> frozenset[int]:
    """The numbers of the cell styles, in the part that holds styles, whose format is a date or a time."""
    own = {
        each.get("numFmtId", "")
        for each in root.iterfind("numFmts/numFmt")
        if is_date_format(each.get("formatCode", ""))
    }
    dates = {*map(str, _KNOWN), *own}
    return frozenset(
        index for index, style in enumerate(root.iterfind("cellXfs/xf")) if style.get("numFmtId", "0") in dates
    )


def is_date_format(code: str) -> bool:
    """Whether a format code such as ``dd/mm/yyyy`` shows days, months, years, hours, minutes or seconds."""
    shown = _NOT_A_UNIT.sub("", code)
    return shown.casefold() != "general" and _UNIT.search(shown) is not None
