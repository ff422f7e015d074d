"""Accepting an invitation. Its page only says what it is; the button accepts, since mail scanners open links."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, session, url_for

from audit.operations import invitations
from audit.operations.directories import directory_of
from audit.operations.errors import InvitationRefused
from audit.operations.invitations import Offer
from audit.operations.sessions import BY_INVITATION
from audit.web import security
from audit.web.access import person_or_none, workplace
from audit.web.answer_flow import Page
from audit.web.invite_form import NameForm
from audit.web.roles import ROLE_WORDS
from audit.web.sign_in import let_in

bp = Blueprint("invitations", __name__)
bp.after_request(security.keep_address_secret)


@bp.get("/invitations/<token>")
def show(token: str) -> str:
    """Who invites to what. Somebody who is known here and not signed in comes back after signing in."""
    offer = invitations.offer_of(workplace(), token)
    if offer.known and offer.known != person_or_none():
        session["next"] = request.path
    return _page(offer, token, NameForm(data={"name": offer.invitation.name}))


@bp.post("/invitations/<token>")
def accept(token: str) -> Page:
    """Accept the invitation."""
    offer, form, visitor = invitations.offer_of(workplace(), token), NameForm(), person_or_none()
    if offer.known != visitor if offer.known else not form.validate_on_submit():
        return _page(offer, token, form)
    person = invitations.accept(workplace(), token, visitor, form.name.data or "")
    if person != visitor:
        return let_in(person.id, BY_INVITATION, url_for("authorities.show", slug=offer.authority.slug))
    if offer.role:
        flash(f"You belonged to {offer.authority.name} already, as {offer.role.value}. Nothing has changed.")
        return redirect(url_for("members.show", slug=offer.authority.slug))
    return redirect(url_for("authorities.show", slug=offer.authority.slug))


def _page(offer: Offer, token: str, form: NameForm) -> str:
    directory = directory_of(workplace(), offer.authority.slug) is not None
    return render_template(
        "invitations/show.html", offer=offer, token=token, form=form, role_words=ROLE_WORDS, directory=directory
    )


@bp.errorhandler(InvitationRefused)
def refused(fault: InvitationRefused) -> tuple[str, int]:
    """The page of an invitation that cannot be accepted."""
    return render_template("invitations/refused.html", fault=fault), 410
