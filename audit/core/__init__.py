"""The domain: banks, evidence, answers, scores and gaps.

Frozen dataclasses and pure functions. Nothing here knows Flask, SQL, ReportLab or the clock, and only the
loaders read the disk.
"""
