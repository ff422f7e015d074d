"""What people are asked about a workshop when it is over: three questions, one tap each."""

from __future__ import annotations

# By the name that a file holds.
QUESTIONS = {
    "heard": "Could you say what you think?",
    "right": "Do the settled levels fit what you know of the service?",
    "worth": "Was the time well spent?",
}
ANSWERS = {"yes": "Yes", "partly": "Partly", "no": "No"}
