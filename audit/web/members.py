"""The people of an authority: who belongs to it, their roles, and inviting more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm

from audit.core.people import Authority, Person, Role
from audit.core.permissions import MAY_INVITE, Deed, may
from audit.operations import invitations, members
from audit.operations.access import require
from audit.operations.errors import LastLead
from audit.operations.invitations import Invited
from audit.web import mail
from audit.web.access import current_person, signed_in, workplace
from audit.web.answer_flow import Page
from audit.web.filters import day
from audit.web.invite_form import InviteForm, RoleForm
from audit.web.roles import ROLE_WORDS, role_hints

bp = Blueprint("members", __name__, url_prefix="/authorities/<slug>/people")


@dataclass(frozen=True)
class Sent:
    """What came of an invitation: whether it went out by e-mail, and the link where it did not."""

    invited: Invited
    by_mail: bool = False
    link: str = ""


@bp.get("")
@signed_in
def show(slug: str) -> str:
    """The members by role, and the open invitations for who may invite."""
    roster = members.roster(workplace(), current_person(), slug)
    return render_template(
        "members/show.html",
        roster=roster,
        groups=[(role, [each for each in roster.members if each.role is role]) for role in Role],
        role_words=ROLE_WORDS,
        manages=may(roster.membership.role, Deed.MANAGE_MEMBERS),
        invites=may(roster.membership.role, Deed.INVITE),
        may_invite=MAY_INVITE[roster.membership.role],
        now=workplace().now(),
    )


@bp.route("/invite", methods=["GET", "POST"])
@signed_in
def invite(slug: str) -> Page:
    """Invite one person or many."""
    person = current_person()
    membership = require(workplace(), person, slug, Deed.INVITE)
    form = InviteForm(MAY_INVITE[membership.role])
    if form.validate_on_submit():
        made = invitations.invite(workplace(), person, slug, form.people.mailboxes, form.chosen)
        return _sent(membership.authority, person, form.chosen, made)
    return render_template(
        "members/invite.html", form=form, hints=role_hints(form.roles), by_mail=mail.is_set_up(), life=invitations.LIFE
    )


@bp.post("/invitations/<int:invitation_id>/again")
@signed_in
def again(slug: str, invitation_id: int) -> Page:
    """A new link for an invitation; the old one is dead."""
    person = current_person()
    membership = require(workplace(), person, slug, Deed.INVITE)
    made, role = invitations.invite_again(workplace(), person, slug, invitation_id)
    return _sent(membership.authority, person, role, [made])


@bp.post("/invitations/<int:invitation_id>/withdraw")
@signed_in
def withdraw(slug: str, invitation_id: int) -> Page:
    """Withdraw an invitation."""
    gone = invitations.withdraw_invitation(workplace(), current_person(), slug, invitation_id)
    flash(f"The invitation of {gone.email} is withdrawn. Its link no longer works.")
    return redirect(url_for(".show", slug=slug))


@bp.route("/<int:person_id>/role", methods=["GET", "POST"])
@signed_in
def role(slug: str, person_id: int) -> Page:
    """Give a member another role."""
    member = members.member_to_manage(workplace(), current_person(), slug, person_id)
    form = RoleForm(tuple(Role), data={"role": member.role.value})
    if form.validate_on_submit():
        try:
            members.change_role(workplace(), current_person(), slug, person_id, form.chosen)
        except LastLead as fault:
            form.role.errors = [str(fault)]
        else:
            flash(f"{member.person.name} is now {form.chosen.value}.")
            return redirect(url_for(".show", slug=slug))
    return render_template("members/role.html", member=member, form=form, hints=role_hints(Role))


@bp.route("/<int:person_id>/remove", methods=["GET", "POST"])
@signed_in
def remove(slug: str, person_id: int) -> Page:
    """Remove a member: first say what that means."""
    person = current_person()
    member = members.member_to_manage(workplace(), person, slug, person_id)
    form, fault = FlaskForm(), ""
    if form.validate_on_submit():
        try:
            members.remove_member(workplace(), person, slug, person_id)
        except LastLead as refused:
            fault = str(refused)
        else:
            if member.person.id == person.id:
                return redirect(url_for("authorities.index"))
            flash(f"{member.person.name} no longer has access.")
            return redirect(url_for(".show", slug=slug))
    return render_template("members/remove.html", member=member, form=form, fault=fault)


def _sent(authority: Authority, inviter: Person, role: Role, made: Sequence[Invited]) -> str:
    """The page that says what became of invitations. Links that went out by e-mail are not shown.

    Whoever accepts has then shown that the address is theirs.
    """
    invited = [each for each in made if each.token]
    taken = iter(mail.send_all([_letter(authority, inviter, role, each) for each in invited]))
    sent = [_outcome(each, bool(each.token) and next(taken)) for each in made]
    if any(each.by_mail for each in sent):
        invitations.note_mailed(workplace(), [each.invited.token for each in sent if each.by_mail])
    return render_template(
        "members/sent.html",
        sent=[each for each in sent if each.by_mail],
        links=[each for each in sent if each.link],
        unchanged=[each.invited for each in sent if each.invited.instead],
        failed=mail.is_set_up(),
        role=role,
        until=workplace().now() + invitations.LIFE,
    )


def _outcome(invited: Invited, by_mail: bool) -> Sent:
    if by_mail or invited.instead:
        return Sent(invited, by_mail)
    return Sent(invited, link=mail.link_to("invitations.show", token=invited.token))


def _letter(authority: Authority, inviter: Person, role: Role, invited: Invited) -> mail.Letter:
    until = day(workplace().now() + invitations.LIFE)
    text = f"""{inviter.name} ({inviter.email}) invites you to {authority.name} in Plumbline, as {role.value}.

Plumbline is where {authority.name} audits its own practice in children's social care.
Your role: {role.value}. This role {ROLE_WORDS[role]}

Open this page by {until} to accept:
{mail.link_to("invitations.show", token=invited.token)}

The link works once, and it is for you alone: do not pass it on.
If you did not expect it, do nothing, or ask {inviter.name}.
"""
    return mail.Letter(invited.mailbox.address, f"Invitation to {authority.name} in Plumbline", text)
