"""The form of an answer, made from the bank's item, and the way between its fields and a response."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import FieldList, FormField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, ValidationError

from audit.core.answer_rows import TEXT_LIMIT
from audit.core.audits import EvidenceLink
from audit.core.bank import Bank, Item, Level
from audit.core.responses import Confidence, RatingState, Response
from audit.reports.wording import COLUMN_TITLES, day_words, level_words
from audit.web.evidence_links import MOST_LINKS, LinkForm
from audit.web.forms import OneOf, OneOfMany
from audit.web.revealing import OneOfRevealing
from audit.web.typed import Passage

TEXTS = ("what_happens_now", "what_needs_to_happen", "how_to_progress")
LINK_PARTS = ("url", "dated", "note")
LINK_FIELDS = tuple(f"links-{row}-{part}" for row in range(MOST_LINKS) for part in LINK_PARTS)
FIELDS = ("rating", "na_reason", "reason", "confidence", "target", *TEXTS, *LINK_FIELDS)
_HINTS = (
    "Describe ordinary practice, and how you know.",
    "Say what would be different if you reached your target.",
    "Say who will do what, and by when.",
)
_STATES = {
    RatingState.NOT_APPLICABLE: ("Not applicable", "This does not apply to your service at all."),
    RatingState.DONT_KNOW: ("Don't know", "You looked, and cannot tell yet."),
    RatingState.UNANSWERED: ("Leave unrated for now", "Clears a rating that you gave before. What you write stays."),
}


class PromptForm(FlaskForm):
    """The answer to a prompt: the three texts."""

    class Meta(FlaskForm.Meta):
        """How the form is checked."""

        # The app checks the token of every form that is sent. A draft is checked when nothing is sent.
        csrf = False

    what_happens_now = Passage(COLUMN_TITLES[0], _HINTS[0])
    what_needs_to_happen = Passage(COLUMN_TITLES[1], _HINTS[1])
    how_to_progress = Passage(COLUMN_TITLES[2], _HINTS[2])

    def __init__(self, fields: Mapping[str, str], before: Response) -> None:
        super().__init__(MultiDict(fields))
        self.before = before

    @property
    def in_words(self) -> dict[str, Any]:
        """The three texts by name."""
        return {name: self[name].data or "" for name in TEXTS}

    def response(self) -> Response:
        """The response that a valid form describes."""
        return Response(reason=self.before.reason, **self.in_words)

    def evidence(self) -> tuple[EvidenceLink, ...]:
        """The links that a valid form describes."""
        return ()


class ItemForm(PromptForm):
    """The answer to an item. ``item_form`` adds the choices that the bank gives."""

    rating: Any
    target: Any
    na_reason = Passage("Why it does not apply", "A reason is needed.")
    reason = Passage("Reason for the rating", "What the rating rests on. The report prints it.")
    confidence = OneOf(
        "How sure are you of the rating?",
        description="You can leave this open.",
        choices=[
            *(SelectChoice(level.value, level.value.capitalize()) for level in Confidence),
            SelectChoice("", "Not said"),
        ],
        validators=[Optional()],
        invalid_choice_message="Choose how sure you are from the list.",
    )
    links = FieldList(FormField(LinkForm), min_entries=1, max_entries=MOST_LINKS)

    @property
    def state(self) -> RatingState:
        """What the chosen rating is."""
        names = [state.value for state in _STATES]
        chosen = self.rating.data or RatingState.UNANSWERED.value
        return RatingState(chosen) if chosen in names else RatingState.RATED

    @property
    def whole_reason(self) -> str:
        """The reason, from both places where one can be typed, so that nothing typed is dropped.

        Only the reason that was kept while the item did not apply goes when it is rated.
        """
        excuse, reason = self.na_reason.data or "", self.reason.data or ""
        if self.state is not RatingState.NOT_APPLICABLE and excuse == fields_of(self.before).get("na_reason"):
            excuse = ""
        return "\n".join(dict.fromkeys(text for text in (excuse, reason) if text))

    def validate_na_reason(self, field: Passage) -> None:
        """A reason where the item does not apply."""
        if self.state is RatingState.NOT_APPLICABLE and not self.whole_reason:
            raise ValidationError("Say why this does not apply to your service.")

    def validate_reason(self, field: Passage) -> None:
        """One reason that is not too long, wherever it was typed."""
        if len(self.whole_reason) > TEXT_LIMIT:
            raise ValidationError(f"Keep the reason to {TEXT_LIMIT:,} characters in all.")

    def response(self) -> Response:
        """The response that a valid form describes."""
        return Response(
            state=self.state,
            level=int(self.rating.data) if self.state is RatingState.RATED else None,
            reason=self.whole_reason,
            confidence=Confidence(self.confidence.data) if self.confidence.data else None,
            target=int(self.target.data) if self.target.data else None,
            **self.in_words,
        )

    def evidence(self) -> tuple[EvidenceLink, ...]:
        """The links that a valid form describes."""
        return tuple(link for row in self.links if (link := row.form.link()))


# Made once for each bank, item and aim: a server makes the same few again and again.
_forms: dict[tuple[str, str, int], type[ItemForm]] = {}


def item_form(bank: Bank, item: Item, aim: Level) -> type[ItemForm]:
    """The form class of an item; ``aim`` is the level that the whole audit aims at."""
    key = (bank.sha256, item.id, aim.number)
    if key not in _forms:
        _forms[key] = _made_form(bank, item, aim)
    return _forms[key]


def _made_form(bank: Bank, item: Item, aim: Level) -> type[ItemForm]:
    levels = [SelectChoice(str(level.number), level_words(level).capitalize()) for level in bank.scale.levels]
    states = [SelectChoice(state.value, words) for state, (words, _) in _STATES.items()]

    class FormOfItem(ItemForm):
        rating = OneOfRevealing(
            item.prompt,
            description="Choose the level that comes nearest to your service now.",
            choices=[*levels, *states],
            validators=[Optional()],
            invalid_choice_message="Choose a rating from the list.",
        )
        target = OneOfMany(
            "Target",
            description="The level that you aim at for this item.",
            choices=[SelectChoice("", f"As in the whole audit: {level_words(aim)}"), *levels],
            validators=[Optional()],
            invalid_choice_message="Choose a target from the list.",
        )

    return FormOfItem


def rating_hints(bank: Bank, item: Item) -> list[str]:
    """What stands below each rating that can be chosen: the item's descriptors, then what the other states mean."""
    descriptors = [item.descriptors[level.number] for level in bank.scale.levels]
    return [*descriptors, *(hint for _, hint in _STATES.values())]


def fields_of(response: Response, links: tuple[EvidenceLink, ...] = ()) -> dict[str, str]:
    """The fields of a form that shows this answer, as a browser would send them."""
    fields = dict(zip(TEXTS, response.texts, strict=True))
    if response.state is not RatingState.UNANSWERED:
        fields["rating"] = response.state.value if response.level is None else str(response.level)
    excused = response.state is RatingState.NOT_APPLICABLE
    fields["na_reason" if excused else "reason"] = response.reason
    fields["confidence"] = response.confidence.value if response.confidence else ""
    fields["target"] = "" if response.target is None else str(response.target)
    for row, link in enumerate(links):
        parts = (link.url, day_words(link.dated), link.note)
        fields |= {f"links-{row}-{part}": text for part, text in zip(LINK_PARTS, parts, strict=True)}
    return fields


def typed_fields(form: Mapping[str, str]) -> dict[str, str]:
    """The fields of an answer among all that was sent; what no form of ours has is dropped."""
    return {name: form[name] for name in FIELDS if name in form}


def with_another_link(fields: Mapping[str, str]) -> dict[str, str]:
    """The fields with one more empty row for a link, up to the most that there can be."""
    rows = {name.split("-")[1] for name in fields if name in LINK_FIELDS}
    free = next((str(row) for row in range(MOST_LINKS) if str(row) not in rows), None)
    return dict(fields) if free is None else {**fields, f"links-{free}-url": ""}
