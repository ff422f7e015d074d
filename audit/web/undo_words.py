"""What taking back the last step of a workshop would do, in words."""

from __future__ import annotations

from audit.core.workshops import Step, StepKind
from audit.operations.rooms import RoomState

# Said whatever the number: votes come in while the page stands open.
_LOST = "Votes that are in are thrown away."
_WORDS = {
    StepKind.OPEN_ITEM: ("opening the vote on {item}", f"{_LOST} The item goes back to where it was before."),
    StepKind.VOTE_AGAIN: ("opening another vote on {item}", f"{_LOST} The result before shows again."),
    StepKind.REVEAL: (
        "revealing the votes on {item}",
        "What was seen cannot be unseen: these votes are set aside and count for nothing, and a new blind vote begins.",
    ),
    StepKind.SETTLE: (
        "settling {item}",
        "The team's answer in the audit becomes what it was before, and the result of the vote shows again. "
        "What you typed stays.",
    ),
    StepKind.PARK: ("parking {item}", "It opens again where it was. No vote is lost."),
    StepKind.SKIP: ("skipping {item}", "It is again where it was. No vote is lost."),
    StepKind.CLOSE: (
        "closing the workshop",
        "The workshop goes on. Nobody new can join until you make a join code. Who chose what is forgotten and "
        "does not come back.",
    ),
}


def undo_words(state: RoomState) -> tuple[str, str]:
    """The words of the button, and what it does to steps and votes. Only where there is a step to take back."""
    last: Step | None = state.room.last
    if last is None:
        raise ValueError("there is no step to take back")
    button, does = _WORDS[last.kind]
    return f"Undo: {button.format(item=last.item_id)}", does
