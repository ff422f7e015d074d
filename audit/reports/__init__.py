"""The gap report: what it says, once, and one renderer per format."""
