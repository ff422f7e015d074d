"""Makes the files of govuk-frontend fit for a service that is not GOV.UK.

Its font (GDS Transport) and its crest may be used on GOV.UK only, so every rule that names them goes. What is left
asks for no other file: there is no font, picture or source map to fetch.
"""

from __future__ import annotations

import re

from assets.faults import AssetsFault

FONT_STACK = '"Source Sans 3",arial,sans-serif'
"""Names a font that is free to use. Where a page does not bring it, the reader's own sans serif stands in."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_FONT_FACE = re.compile(r"@font-face\{font-family:GDS Transport;[^{}]*\}")
_THEIR_STACK = re.compile(r"GDS Transport,arial,sans-serif")
_CREST = re.compile(r"\.govuk-footer__copyright-logo:before\{[^{}]*\}")
_EMPTY_BLOCK = re.compile(r"@[^{};]+\{\}")
_SOURCE_MAP = re.compile(r"//# sourceMappingURL=\S+\s*$")
_LEFT_OVER = re.compile(r"GDS Transport|crest|url\(|image-set\(|@import|@font-face|sourceMappingURL", re.IGNORECASE)


def clean_css(text: str) -> str:
    """Return the style sheet without the font and the crest, and without any file to fetch."""
    text = _COMMENT.sub("", text)
    text = _replace(_FONT_FACE, "", text, "a @font-face rule of GDS Transport")
    text = _replace(_THEIR_STACK, FONT_STACK, text, "a font stack with GDS Transport")
    text = _replace(_CREST, "", text, "a rule that draws the crest")
    while _EMPTY_BLOCK.search(text):
        text = _EMPTY_BLOCK.sub("", text)
    _refuse_left_over("style sheet", text)
    return text.strip() + "\n"


def clean_js(text: str) -> str:
    """Return the script without the address of its source map."""
    if not re.search(r"\bexport\s*\{", text):
        raise AssetsFault("The script of govuk-frontend is not the ES module that the pages load.")
    text = _replace(_SOURCE_MAP, "", text, "the address of the source map at the end of the script")
    return text.strip() + "\n"


def _replace(pattern: re.Pattern[str], new: str, text: str, what: str) -> str:
    text, count = pattern.subn(lambda _: new, text)
    if not count:
        raise AssetsFault(f"Expected {what} in govuk-frontend, and found none. Look at what changed in that package.")
    return text


def _refuse_left_over(what: str, text: str) -> None:
    if found := sorted({match.group() for match in _LEFT_OVER.finditer(text)}):
        raise AssetsFault(f"The {what} of govuk-frontend still has {', '.join(found)} after cleaning.")
