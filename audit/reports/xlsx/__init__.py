"""Workbooks: the gap report and the answers in XLSX, and answers read from one."""
