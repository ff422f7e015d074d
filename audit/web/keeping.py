"""How long an authority keeps its audits, and taking out all that it wrote. For leads."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, send_file, url_for
from flask_wtf import FlaskForm
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response
from wtforms import ValidationError

from audit.core.keeping import FEWEST_MONTHS, MOST_MONTHS
from audit.operations import handing_over, retention
from audit.operations.authorities import membership_for
from audit.operations.handing_over import Form
from audit.web.access import current_person, signed_in, workplace
from audit.web.file_names import file_name
from audit.web.filters import day
from audit.web.typed import ShortLine

bp = Blueprint("keeping", __name__, url_prefix="/authorities/<slug>/keeping")
_KINDS = {Form.DATABASE: "application/vnd.sqlite3", Form.JSON: "application/json"}


class MonthsForm(FlaskForm):
    """For how many months audits are kept."""

    months = ShortLine("Months to keep an audit after its last change", 10)

    @property
    def number(self) -> int | None:
        """The number of a valid form, None for no rule."""
        return int(self.months.data) if self.months.data else None

    def validate_months(self, field: ShortLine) -> None:
        """A whole number within limits, or nothing."""
        text = field.data or ""
        whole = text.isascii() and text.isdigit()
        if text and not (whole and FEWEST_MONTHS <= int(text) <= MOST_MONTHS):
            raise ValidationError(f"Enter a whole number from {FEWEST_MONTHS} to {MOST_MONTHS}, or leave it empty.")


@bp.route("", methods=["GET", "POST"])
@signed_in
def page(slug: str) -> str | Response:
    """The rule, what it means for each audit, and the ways to take data out."""
    keeping = retention.keeping_of(workplace(), current_person(), slug)
    form = MonthsForm(data={"months": "" if keeping.months is None else str(keeping.months)})
    if form.validate_on_submit():
        retention.set_months(workplace(), current_person(), slug, form.number)
        return redirect(url_for(".page", slug=slug, saved="yes"))
    return render_template(
        "keeping/page.html",
        keeping=keeping,
        form=form,
        saved="The rule is saved." if "saved" in request.args else "",
        fewest=FEWEST_MONTHS,
        most=MOST_MONTHS,
        now=workplace().now(),
    )


@bp.post("/take-out")
@signed_in
def take_out(slug: str) -> Response:
    """All that the authority wrote, as a file. It is a form, because the trail notes it."""
    authority = membership_for(workplace(), current_person(), slug).authority
    try:
        form = Form(request.form.get("form", Form.DATABASE.value))
    except ValueError:
        raise NotFound from None
    file = handing_over.take_out(workplace(), current_person(), slug, form)
    name = file_name(authority.name, "All data", day(workplace().now()), suffix=form.value)
    return send_file(file, mimetype=_KINDS[form], as_attachment=True, download_name=name)
