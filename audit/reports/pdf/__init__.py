"""The gap report as PDF, laid out with ReportLab."""
