"""The colours of pages and reports. Text colours reach 4.5 : 1 on white; colour never carries meaning alone."""

from __future__ import annotations

INK = "#1c2a33"
QUIET = "#52616b"
BRAND = "#0f4c5c"
BRAND_TINT = "#e6eff1"
RULE = "#c9d3d8"
PAPER = "#ffffff"
SHADE = "#f4f6f7"
TARGET = "#a23e12"
CONTRARY = "#8a4b00"
CONTRARY_TINT = "#fbf1e3"
NOTICE = "#6b1f4d"
NOTICE_TINT = "#f7e9f1"
