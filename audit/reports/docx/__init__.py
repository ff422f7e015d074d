"""The gap report as a DOCX file, to edit in a word processor."""
