"""What is complete in an audit that is about to be signed off, and what is not."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from audit.core.responses import UNANSWERED, RatingState
from audit.core.scorecard import Scorecard
from audit.operations.sheets import Sheet
from audit.reports.wording import counted, plural
from audit.reports.workshop_telling import owners
from audit.web.task_list import Asked, heading_of

# The id of an item or prompt, and its title.
Named = tuple[str, str]


@dataclass(frozen=True)
class Check:
    """One thing to look at before signing: what it is, what was found, and the ids and titles of what is left open."""

    title: str
    says: str
    left: tuple[Named, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether nothing is left open."""
        return not self.left


def checks(sheet: Sheet) -> list[Check]:
    """All that is worth a look in a team's answers, in the order of the work."""
    scorecard, noun = sheet.scorecard(), sheet.bank.item_noun
    return [
        _settled(sheet, noun),
        *_camps(sheet, noun),
        _answered(scorecard, noun),
        _known(scorecard, noun),
        _planned(scorecard, owners(sheet.workshops)),
        *_asked(sheet),
    ]


def _settled(sheet: Sheet, noun: str) -> Check:
    left = _unsettled(sheet)
    if not left:
        return Check("Settled", "Every answer is settled.")
    rule = (
        "Where one person alone was asked, the answer of that person counts. Else the lower median of the levels that "
        "people rated counts. The report says so."
    )
    answers = "an answer" if len(left) == 1 else "answers"
    says = f"{_of(left, sheet.bank.items, noun)} at {answers} that nobody settled. {rule}"
    return Check("Settled", says, _titled(sheet, left))


def _camps(sheet: Sheet, noun: str) -> Iterator[Check]:
    """Told only where enough people answered: the agreement holds nothing else."""
    camps = sheet.agreement.accords.camps if sheet.agreement else ()
    left = [name for name in _unsettled(sheet) if name in camps]
    if left:
        says = f"On {counted(len(left), noun)} people stand in two camps, and nothing is settled between them."
        yield Check("Two camps", says, _titled(sheet, left))


def _answered(scorecard: Scorecard, noun: str) -> Check:
    left = _in_state(scorecard, RatingState.UNANSWERED)
    if not left:
        return Check("Answered", f"Every {noun} has an answer.")
    return Check("Answered", f"{_of(left, scorecard.items, noun)} without any answer. The score leaves them out.", left)


def _known(scorecard: Scorecard, noun: str) -> Check:
    left = _in_state(scorecard, RatingState.DONT_KNOW)
    if not left:
        return Check("Known", f"No {noun} stands at “don't know”.")
    return Check("Known", f"{_of(left, scorecard.items, noun)} at “don't know”. The score leaves them out.", left)


def _planned(scorecard: Scorecard, owned: Collection[str]) -> Check:
    """``owned`` are the ids of the items that somebody takes on, as a workshop settled."""
    gaps = [entry for entry in scorecard.items if entry.gap]
    told = {e.item.id for e in gaps if e.item.id in owned or e.response.how_to_progress.strip()}
    left = tuple((e.item.id, e.item.title) for e in gaps if e.item.id not in told)
    if not gaps:
        return Check("Plan", "Nothing that is rated stands below its target.")
    if not left:
        return Check("Plan", "The plan says of every gap how it will be progressed, or who takes it on.")
    return Check("Plan", f"{_of(left, gaps, 'gap')} without a word on who will do what, and by when.", left)


def _asked(sheet: Sheet) -> Iterator[Check]:
    asked: list[Asked] = [*sheet.bank.opening, *sheet.bank.supplementary]
    prompts = {prompt.id: prompt for prompt in asked}
    left = [name for name in prompts if not any(sheet.responses.get(name, UNANSWERED).texts)]
    if prompts and not left:
        yield Check("Questions in words", "All are answered.")
    elif prompts:
        titles = tuple((name, heading_of(prompts[name])) for name in left)
        yield Check("Questions in words", f"{_of(left, prompts, 'question')} without an answer.", titles)


def _unsettled(sheet: Sheet) -> list[str]:
    """The items that have an answer, and none that was settled."""
    settled = {name for name, revision in sheet.revisions.items() if revision.response != UNANSWERED}
    answered = [name for name in sheet.bank.items if sheet.answers.of(name).state is not RatingState.UNANSWERED]
    return [name for name in answered if name not in settled]


def _in_state(scorecard: Scorecard, state: RatingState) -> tuple[Named, ...]:
    return tuple((e.item.id, e.item.title) for e in scorecard.items if e.response.state is state)


def _titled(sheet: Sheet, names: Collection[str]) -> tuple[Named, ...]:
    return tuple((name, sheet.bank.items[name].title) for name in names)


def _of(left: Collection[object], whole: Collection[object], noun: str) -> str:
    """``3 of 12 conditions are``."""
    stand = "is" if len(left) == 1 else "are"
    return f"{len(left)} of {len(whole)} {plural(noun, len(whole))} {stand}"
