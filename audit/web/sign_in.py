"""Signing in by a password or a one-time link, with the code of a second factor where there is one; and signing out."""

from __future__ import annotations

from threading import Thread
from urllib.parse import urlsplit

from flask import (
    Blueprint,
    copy_current_request_context,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from werkzeug.wrappers import Response as Redirect

from audit.core.devices import device
from audit.operations import accounts, sign_in
from audit.operations.errors import CodeRefused
from audit.operations.sessions import BY_PASSWORD, sign_out
from audit.web import mail, seat_cookie, security
from audit.web.access import workplace
from audit.web.limits import FOR_ADDRESS, FOR_CODES, FOR_LETTERS, FOR_PASSWORDS, by_address, by_field, limiter
from audit.web.sign_in_form import CodeForm, SignInForm

bp = Blueprint("sign_in", __name__)
bp.after_request(security.keep_address_secret)
WRONG = "The e-mail address or the password is not right, or no password has been set. Sign in with a link instead."


def let_in(person_id: int, by: str, then: str = "") -> Redirect:
    """Sign somebody in who has shown who they are, in place of whoever was signed in here.

    ``by`` says how, in the words of ``operations.sessions``. What follows is the page that asks for the code of the
    second factor, if the person has one; then ``then``, or the page that the person asked for before.
    """
    entry = sign_in.enter(workplace(), person_id, by, device(request.user_agent.string))
    return _admit(entry, then)


@bp.get("/sign-in")
def ask() -> str:
    """How to sign in."""
    return _ask(SignInForm(formdata=None))


@bp.post("/sign-in")
@limiter.limit(FOR_PASSWORDS, key_func=by_field("email"))
@limiter.limit(FOR_ADDRESS, key_func=by_address)
def password() -> str | Redirect:
    """Sign in with a password."""
    form = SignInForm()
    if form.validate():
        person = accounts.person_with_password(workplace(), form.email.data or "", form.password.data or "")
        if person:
            return let_in(person.id, BY_PASSWORD)
        form.refuse(WRONG)
    return _ask(form)


@bp.get("/sign-in/send")
def send_again() -> Redirect:
    """Back to the form."""
    return redirect(url_for("sign_in.ask"))


@bp.post("/sign-in/send")
@limiter.limit(FOR_LETTERS, key_func=by_field("email"))
@limiter.limit(FOR_ADDRESS, key_func=by_address)
def send() -> str | Redirect:
    """Send a link by e-mail. Whether somebody has the address shows neither in words nor in time."""
    form = SignInForm()
    if not mail.is_set_up():
        return redirect(url_for("sign_in.ask"))
    if not form.has_email:
        return _ask(form)
    Thread(target=copy_current_request_context(_send_link), args=[form.email.data or ""], daemon=True).start()
    return render_template("sign_in/sent.html", email=form.email.data, link_hours=_link_hours())


@bp.get("/sign-in/code")
def code() -> str | Redirect:
    """Ask for the code of the second factor."""
    return _ask_code(CodeForm(formdata=None)) if _owing() else redirect(url_for("sign_in.ask"))


@bp.post("/sign-in/code")
@limiter.shared_limit(FOR_CODES, scope="codes", key_func=lambda: _owing() or by_address())
def give_code() -> str | Redirect:
    """Take the code of the second factor."""
    form = CodeForm()
    if not _owing():
        return redirect(url_for("sign_in.ask"))
    if form.validate():
        try:
            token = sign_in.finish(workplace(), session["started"], form.code.data or "")
        except CodeRefused as fault:
            form.refuse(str(fault))
        else:
            return _admit(sign_in.Entry(token, complete=True))
    return _ask_code(form)


@bp.get("/sign-in/<token>")
def link(token: str) -> str:
    """Who is about to sign in. Only the button uses the link, so a mail scanner that opens it does no harm."""
    return render_template("sign_in/link.html", whom=sign_in.person_of_link(workplace(), token), token=token)


@bp.post("/sign-in/<token>")
def use(token: str) -> Redirect:
    """Use the link."""
    return _admit(sign_in.sign_in(workplace(), token, device(request.user_agent.string)))


@bp.post("/sign-out")
def out() -> Redirect:
    """End the session, here and on the server."""
    leave()
    return redirect(url_for("pages.start"))


def leave() -> None:
    """End the session, and forget all that the cookie holds: no form from before is valid after."""
    token = session.get("token")
    if token:
        sign_out(workplace(), token)
    session.clear()


def own_page(address: object) -> str | None:
    """An address within this server to go on to, or None for one that leads elsewhere."""
    if not isinstance(address, str) or not address.startswith("/") or not address.isprintable() or "\\" in address:
        return None
    parts = urlsplit(address)
    return None if parts.scheme or parts.netloc or address.startswith("//") else address


def _admit(entry: sign_in.Entry, then: str = "") -> Redirect:
    wanted, seats = own_page(then) or own_page(session.get("next")), seat_cookie.held()
    leave()
    # The device keeps its seats in workshops. The cookie is a new one, so it ends with the browser, as a sign-in must.
    seat_cookie.hold(seats)
    if entry.complete:
        session["token"] = entry.token
        return redirect(wanted or url_for("authorities.index"))
    session.update({"started": entry.token} | ({"next": wanted} if wanted else {}))
    return redirect(url_for("sign_in.code"))


def _owing() -> str:
    token = session.get("started")
    owes = sign_in.owes_code(workplace(), token) if token else None
    return f"person {owes}" if owes is not None else ""


def _send_link(email: str) -> None:
    token = sign_in.issue_link_to_known(workplace(), email)
    if token:
        text = render_template(
            "sign_in/letter.txt", link=mail.link_to("sign_in.link", token=token), hours=_link_hours()
        )
        mail.send(sign_in.person_of_link(workplace(), token).email, "Your link to sign in to Plumbline", text)


def _ask(form: SignInForm) -> str:
    sends = mail.is_set_up()
    return render_template("sign_in/ask.html", form=form, wanted=session.get("next"), sends=sends, hours=_link_hours())


def _ask_code(form: CodeForm) -> str:
    return render_template("sign_in/code.html", form=form)


def _link_hours() -> str:
    return f"{sign_in.LINK_LIFE.total_seconds() / 3600:g}"
