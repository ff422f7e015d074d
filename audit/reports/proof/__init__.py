"""A report that checks itself: the answers travel in the PDF, and its numbers can be worked out again from them."""
