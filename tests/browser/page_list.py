"""Every page that a browser can be shown, in each of its states, and how to get there."""

from __future__ import annotations

from urllib.parse import urljoin

from playwright.sync_api import Page
from pyotp import TOTP

from audit.core.audits import AuditState
from audit.core.responses import RatingState, Response
from audit.operations import second_factor
from audit.operations.people import known_person
from tests.browser.invited import WIDE
from tests.browser.rows import NOBODY, Row, Step, press
from tests.browser.scene import LEAD, LONG_WORD, NEWCOMER, RIGHT_TO_LEFT, VIEWER, Scene
from tests.browser.workshop_rows import WORKSHOP_ROWS
from tests.reports.proofs import on_pages, proven

FACTOR = "/account/second-factor"
IMPORTED = (
    "item,rating,reason,what_happens_now\n"
    f"R1,4,{RIGHT_TO_LEFT},{LONG_WORD[::-1]}\nR2,3,,\nR4,4,,\nR5,0,{LONG_WORD},{RIGHT_TO_LEFT}\nS2,,,{LONG_WORD}\n"
).encode()
# What is read by machines, or is a file to keep.
NOT_PAGES = {
    "static",
    "pages.health",
    "sign_in.send_again",
    "authorities.colours",
    "reports.pdf",
    "reports.docx",
    "reports.xlsx",
    "reports.form",
    "downloads.answers",
    "moderation.numbers",
    "trail.file",
    "own_data.file",
    "signing.pdf",
    "live.state",
    "live.phone",
    "live.screen",
    "workshop_papers.ballots",
    "workshop_papers.run_sheet",
    "records.pdf",
    "records.docx",
}


def _refused_authority(page: Page, scene: Scene) -> None:
    page.get_by_label("Name of the authority").fill("")
    page.get_by_label("ONS code").fill("E1")
    page.get_by_label("Accent colour").fill("#ffff00")
    page.locator("main form button").click()


def _refused_audit(page: Page, scene: Scene) -> None:
    page.get_by_label("One team").check()
    page.get_by_role("button", name="Open the audit").click()


def _refused_item(page: Page, scene: Scene) -> None:
    page.get_by_label("Not applicable").check()
    page.get_by_label("Address of link 1").fill("no address")
    page.get_by_label("Date of link 1").fill("soon")
    page.get_by_label("What happens now", exact=False).fill("x" * 10_001)
    page.get_by_role("button", name="Save and continue").click()


def _refused_prompt(page: Page, scene: Scene) -> None:
    page.get_by_label("What happens now", exact=False).fill("x" * 10_001)
    page.get_by_role("button", name="Save and continue").click()


def _links(page: Page, scene: Scene) -> None:
    for _ in range(4):
        page.get_by_role("button", name="Add another link").click()


def _refused_invitations(page: Page, scene: Scene) -> None:
    page.get_by_label("E-mail addresses").fill(f"no address\n{LONG_WORD}\n{RIGHT_TO_LEFT}")
    page.get_by_role("button", name="Invite", exact=True).click()


def _invited(page: Page, scene: Scene) -> None:
    page.get_by_label("E-mail addresses").fill(f"{WIDE.name} <{WIDE.address}>\nother@testshire.gov.uk\n{LEAD}")
    page.get_by_label("Viewer", exact=True).check()
    page.get_by_role("button", name="Invite", exact=True).click()


def _no_lead_left(page: Page, scene: Scene) -> None:
    page.get_by_label("Viewer", exact=True).check()
    page.get_by_role("button", name="Save the role").click()


def _last_lead_removed(page: Page, scene: Scene) -> None:
    page.get_by_role("button", name="Remove Lee").click()


def _nameless(page: Page, scene: Scene) -> None:
    page.get_by_label("Your name").fill("")
    page.get_by_role("button", name="Accept the invitation").click()


def _stale(page: Page, scene: Scene) -> None:
    page.get_by_label("What happens now", exact=False).fill("What I typed meanwhile")
    page.get_by_label("1, mentioned", exact=False).or_(page.locator("input[name=rating][value='1']")).first.check()
    scene.save_elsewhere(
        "busy", "R5", Response(RatingState.RATED, 3, "Another window was here", what_happens_now="Theirs")
    )
    page.get_by_role("button", name="Save and continue").click()


def _together(page: Page, scene: Scene) -> None:
    _stale(page, scene)
    page.get_by_role("button", name="Bring the two together").click()


def _locked(page: Page, scene: Scene) -> None:
    page.get_by_label("What happens now", exact=False).fill("What I typed meanwhile")
    scene.lock("busy")
    page.get_by_role("button", name="Save and continue").click()
    scene.lock("busy", AuditState.OPEN)


def _expired(page: Page, scene: Scene) -> None:
    page.get_by_label("What happens now", exact=False).fill("What I typed meanwhile")
    page.evaluate("document.querySelectorAll('input[name=csrf_token]').forEach(field => field.value = 'old')")
    page.get_by_role("button", name="Save and continue").click()


def _too_large(page: Page, scene: Scene) -> None:
    page.evaluate("document.querySelector('textarea').value = 'x'.repeat(5_000_000)")
    page.get_by_role("button", name="Save and continue").click()


def _chosen(data: bytes) -> Step:
    """Choose a file with these bytes and send it."""

    def step(page: Page, scene: Scene) -> None:
        page.get_by_label("File with answers").set_input_files(
            {"name": "answers.csv", "mimeType": "text/csv", "buffer": data}
        )
        page.get_by_role("button", name="Show what would change").click()

    return step


def _checked(page: Page, scene: Scene) -> None:
    """Send a report of which one number was changed."""
    report = on_pages(proven(), b"(43.8%)", b"(83.1%)")
    page.get_by_label("Gap report").set_input_files(
        {"name": f"{LONG_WORD}.pdf", "mimeType": "application/pdf", "buffer": report}
    )
    page.get_by_role("button", name="Check the report").click()


def _import_stale(page: Page, scene: Scene) -> None:
    _chosen(b"item,rating,reason\nR11,4,From the file\nR12,1,\n")(page, scene)
    scene.save_elsewhere("busy", "R11", Response(RatingState.RATED, 3, "Another window was here"))
    page.get_by_role("button", name="Save").click()


def _imported(page: Page, scene: Scene) -> None:
    _chosen(b"item,rating,reason\nR12,2,From the file\n")(page, scene)
    page.get_by_role("button", name="Save").click()


def _refused_months(page: Page, scene: Scene) -> None:
    page.get_by_label("Months to keep").fill("soon")
    page.get_by_role("button", name="Save the rule").click()


def _saved_months(page: Page, scene: Scene) -> None:
    page.get_by_label("Months to keep").fill("24")
    page.get_by_role("button", name="Save the rule").click()


def _restore(page: Page, scene: Scene) -> None:
    page.get_by_role("button", name="Restore version 1").click()


def _sign_stale(page: Page, scene: Scene) -> None:
    page.get_by_label("Your statement").fill("What I typed meanwhile")
    page.get_by_label("I have read the report").check()
    scene.settle_elsewhere("closed", "R3")
    page.get_by_role("button", name="Sign off", exact=True).click()


def _owing_a_code(page: Page, scene: Scene) -> None:
    with scene.second_factor(LEAD):
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/sign-in/code")


def _wrong_code(page: Page, scene: Scene) -> None:
    with scene.second_factor(LEAD):
        page.get_by_role("button", name="Sign in").click()
        page.get_by_label("Code").fill("wrong")
        page.get_by_role("button", name="Sign in").click()


def _with_second_factor(path: str) -> Step:
    """A page as it is while the second factor is on."""

    def step(page: Page, scene: Scene) -> None:
        with scene.second_factor(LEAD):
            page.goto(urljoin(page.url, path))

    return step


def _poor_password(page: Page, scene: Scene) -> None:
    page.get_by_label("New password").fill("passwordpassword")
    page.get_by_role("button", name="Save password").click()


def _with_password(page: Page, scene: Scene) -> None:
    page.get_by_label("New password").fill("tulip gravel window")
    page.get_by_role("button", name="Save password").click()
    page.goto(urljoin(page.url, "/account/password/remove"))


def _switched_on(page: Page, scene: Scene) -> None:
    secret = page.locator("main code").inner_text().replace(" ", "")
    page.get_by_label("Code", exact=True).fill(TOTP(secret).now())
    page.get_by_role("button", name="Switch on").click()
    page.get_by_role("heading", name="Keep your recovery codes").wait_for()
    second_factor.reset(scene.workplace, known_person(scene.workplace, NEWCOMER))


def _refused_settling(page: Page, scene: Scene) -> None:
    page.get_by_role("button", name="Settle and go to the next").click()


def _settle_stale(page: Page, scene: Scene) -> None:
    """Settle what another window settles meanwhile."""
    page.locator("input[name=rating][value='1']").check()
    page.get_by_label("Why the team settles on this").fill("What I typed meanwhile")
    scene.settle_elsewhere("team_closed", "R7")
    page.get_by_role("button", name="Settle and go to the next").click()


def _refused_agreed(page: Page, scene: Scene) -> None:
    for box in page.get_by_role("checkbox").all():
        box.uncheck()
    page.get_by_label("Why the team settles on these").fill("")
    page.get_by_role("button", name="Settle these").click()


def _refused_groups(page: Page, scene: Scene) -> None:
    page.get_by_label("Name of new group 1").fill("Partner agency")
    page.get_by_role("button", name="Save the groups").click()


def _refused_threshold(page: Page, scene: Scene) -> None:
    page.get_by_label("Smallest number of people that is shown").fill("2")
    page.get_by_role("button", name="Save the rule").click()


ROWS = (
    Row("start", "pages.start", "/", NOBODY),
    Row("help", "pages.help", "/help", NOBODY),
    Row("help-signed-in", "pages.help", "/help"),
    Row("accessibility", "pages.accessibility", "/accessibility", NOBODY),
    Row("cookies", "pages.cookies", "/cookies", NOBODY),
    Row("privacy", "pages.privacy", "/privacy", NOBODY),
    Row("sign-in", "sign_in.ask", "/sign-in", NOBODY),
    Row("sign-in-wanted", "sign_in.ask", "/authorities/new", NOBODY),
    Row("sign-in-already", "sign_in.ask", "/sign-in"),
    Row("sign-in-refused", "sign_in.ask", "/sign-in", NOBODY, then=press("Sign in")),
    Row("sign-in-code", "sign_in.code", "{link}", NOBODY, then=_owing_a_code),
    Row("sign-in-code-refused", "sign_in.code", "{link}", NOBODY, then=_wrong_code),
    Row("sign-in-link", "sign_in.link", "{link}", NOBODY),
    Row("sign-in-link-of-another", "sign_in.link", "{link}", NEWCOMER),
    Row("sign-in-link-refused", "sign_in.link", "/sign-in/made-up", NOBODY, 410),
    Row("directory", "openid.ask", "{bare}/sign-in", NOBODY),
    Row("directory-already", "openid.ask", "{bare}/sign-in"),
    Row("directory-none", "openid.start", "{bare}/sign-in/start", NOBODY, 404),
    Row("directory-ended", "openid.back", "{bare}/sign-in/return?code=x&state=y", NOBODY, 400),
    Row("account", "account.show", "/account"),
    Row("account-with-second-factor", "account.show", "/account", then=_with_second_factor("/account")),
    Row("account-password", "account.password", "/account/password"),
    Row("account-password-refused", "account.password", "/account/password", then=_poor_password),
    Row("account-password-remove", "account.remove_password", "/account/password", NEWCOMER, then=_with_password),
    Row("account-second-factor", "account.factor", FACTOR),
    Row("account-second-factor-refused", "account.factor", FACTOR, then=press("Switch on")),
    Row("account-second-factor-on", "account.factor", FACTOR, NEWCOMER, then=_switched_on),
    Row("account-codes", "account.recovery_codes", "/account", then=_with_second_factor(f"{FACTOR}/recovery-codes")),
    Row("account-factor-remove", "account.remove_factor", "/account", then=_with_second_factor(f"{FACTOR}/remove")),
    Row("account-sessions", "account.signed_in_where", "/account/sessions"),
    Row("own-data", "own_data.page", "/account/data"),
    Row("own-data-of-newcomer", "own_data.page", "/account/data", NEWCOMER),
    Row("authorities-none", "authorities.index", "/authorities", NEWCOMER),
    Row("authorities", "authorities.index", "/authorities"),
    Row("authority-new", "authorities.new", "/authorities/new"),
    Row("authority-new-refused", "authorities.new", "/authorities/new", then=_refused_authority),
    Row("authority-no-audits", "authorities.show", "{bare}"),
    Row("authority-audits", "authorities.show", "{full}"),
    Row("authority-of-viewer", "authorities.show", "{full}", VIEWER),
    Row("settings", "authorities.settings", "{full}/settings"),
    Row("settings-refused", "authorities.settings", "{full}/settings", then=_refused_authority),
    Row("audit-choose", "audits.new", "{bare}/audits/new"),
    Row("audit-choose-refused", "audits.new", "{bare}/audits/new", then=press("Continue")),
    Row("audit-new", "audits.new", "{bare}/audits/new?bank=recommendations"),
    Row("audit-new-key", "audits.new", "{bare}/audits/new?bank=key-ingredients"),
    Row("audit-new-refused", "audits.new", "{bare}/audits/new?bank=recommendations", then=_refused_audit),
    Row("tasks-new", "audits.tasks", "{new}"),
    Row("tasks-new-key", "audits.tasks", "{new_key}"),
    Row("tasks-saved", "audits.tasks", "{busy}/items/R9", then=press("Save and come back later")),
    Row("tasks-hostile", "audits.tasks", "{hostile}"),
    Row("tasks-locked", "audits.tasks", "{locked}"),
    Row("tasks-demonstration", "audits.tasks", "{cambridgeshire_recommendations}"),
    Row("tasks-demonstration-key", "audits.tasks", "{hackney_key_ingredients}"),
    Row("check-new", "audits.check", "{new}/check"),
    Row("check-new-key", "audits.check", "{new_key}/check"),
    Row("check-hostile", "audits.check", "{hostile}/check"),
    Row("check-demonstration", "audits.check", "{cambridgeshire_recommendations}/check"),
    Row("item-new", "items.edit", "{new}/items/R3"),
    Row("item-new-key", "items.edit", "{new_key}/items/T1"),
    Row("item-demonstration", "items.edit", "{cambridgeshire_recommendations}/items/R1"),
    Row("item-hostile", "items.edit", "{hostile}/items/R1"),
    Row("item-refused", "items.edit", "{new}/items/R3", then=_refused_item),
    Row("item-links", "items.edit", "{busy}/items/R8", then=_links),
    Row("item-draft", "items.edit", "{busy}/items/R2"),
    Row("item-stale", "items.edit", "{busy}/items/R5", status=409, then=_stale),
    Row("item-together", "items.edit", "{busy}/items/R5", then=_together),
    Row("item-locked", "items.edit", "{locked}/items/R1"),
    Row("item-of-viewer", "items.edit", "{new}/items/R1", VIEWER, 403),
    Row("prompt-opening", "prompts.edit", "{new_key}/prompts/Q1"),
    Row("prompt-supplementary", "prompts.edit", "{new}/prompts/S1"),
    Row("prompt-hostile", "prompts.edit", "{hostile}/prompts/S1"),
    Row("prompt-draft", "prompts.edit", "{busy}/prompts/S2"),
    Row("prompt-refused", "prompts.edit", "{new}/prompts/S1", then=_refused_prompt),
    Row("prompt-locked", "prompts.edit", "{locked}/prompts/S1"),
    Row("history-none", "items.history", "{new}/items/R1/history"),
    Row("history-hostile", "items.history", "{hostile}/items/R1/history"),
    Row("history-restored", "items.history", "{hostile}/items/R1/history", then=_restore),
    Row("history-prompt", "items.history", "{hostile}/items/S1/history"),
    Row("history-compared", "items.history", "{hostile}/items/R1/history?first=1&second=2"),
    Row("history-settled-none", "items.settled", "{new}/items/R1/settled"),
    Row("assigning", "assigning.by_item", "{hostile}/assigning"),
    Row("assigning-saved", "assigning.by_item", "{new_key}/assigning", then=press("Save")),
    Row("assigning-locked", "assigning.by_item", "{locked}/assigning"),
    Row("assigning-person", "assigning.of_person", "{hostile}/assigning/people/1"),
    Row("keeping", "keeping.page", "{full}/keeping"),
    Row("keeping-none", "keeping.page", "{bare}/keeping"),
    Row("keeping-refused", "keeping.page", "{full}/keeping", then=_refused_months),
    Row("keeping-saved", "keeping.page", "{full}/keeping", then=_saved_months),
    Row("trail", "trail.page", "{full}/trail"),
    Row("trail-nothing", "trail.page", "{full}/trail?did=nothing"),
    Row("trail-check", "trail.check", "{full}/trail/check"),
    Row("sign-off", "signing.sign", "{closed}/sign-off"),
    Row("sign-off-refused", "signing.sign", "{closed}/sign-off", then=press("Sign off")),
    Row("sign-off-stale", "signing.sign", "{closed}/sign-off", status=409, then=_sign_stale),
    Row("sign-off-too-early", "signing.sign", "{new}/sign-off", status=409),
    Row("sign-off-signed", "signing.versions", "{signed}/sign-off"),
    Row("versions-none", "signing.versions", "{closed}/versions"),
    Row("versions-signed", "signing.versions", "{signed}/versions?signed=2"),
    Row("versions-reopened", "signing.versions", "{reopened}/versions?reopened=1"),
    Row("versions-of-viewer", "signing.versions", "{reopened}/versions", VIEWER),
    Row("signed-page", "signing.page", "{signed}/versions/1", VIEWER),
    Row("reopen", "signing.reopen", "{signed}/reopen"),
    Row("reopen-refused", "signing.reopen", "{signed}/reopen", then=press("Open the audit again")),
    Row("reopen-too-early", "signing.reopen", "{closed}/reopen", status=409),
    Row("results-signed", "results.show", "{signed}/results"),
    Row("results-reopened", "results.show", "{reopened}/results"),
    Row("people", "members.show", "{people}"),
    Row("people-of-viewer", "members.show", "{people}", VIEWER),
    Row("people-alone", "members.show", "{bare}/people"),
    Row("invite", "members.invite", "{people}/invite"),
    Row("invite-refused", "members.invite", "{people}/invite", then=_refused_invitations),
    Row("invite-links", "members.invite", "{bare}/people/invite", then=_invited),
    Row("member-role", "members.role", "{member_viewer}/role"),
    Row("member-role-refused", "members.role", "{member_lead}/role", then=_no_lead_left),
    Row("member-remove", "members.remove", "{member_viewer}/remove"),
    Row("member-remove-refused", "members.remove", "{member_lead}/remove", then=_last_lead_removed),
    Row("invitation", "invitations.show", "{invitation}", NOBODY),
    Row("invitation-of-another", "invitations.show", "{invitation}"),
    Row("invitation-refused", "invitations.show", "{invitation}", NOBODY, then=_nameless),
    Row("invitation-known", "invitations.show", "{invitation_known}", NOBODY),
    Row("invitation-dead", "invitations.show", "/invitations/made-up", NOBODY, 410),
    Row("team-open", "team.show", "{team_open}/team"),
    Row("team-closed", "team.show", "{team_closed}/team"),
    Row("team-alone", "team.show", "{new}/team"),
    Row("team-close", "team.close", "{team_open}/team/close"),
    Row("team-close-again", "team.close", "{team_closed}/team/close"),
    Row("team-reopen", "team.reopen", "{team_closed}/team/open"),
    Row("team-reopen-locked", "team.reopen", "{locked}/team/open"),
    Row("tasks-of-team", "audits.tasks", "{team_open}"),
    Row("tasks-moderated", "audits.tasks", "{team_closed}"),
    Row("moderation", "moderation.show", "{team_closed}/moderation"),
    Row("moderation-in-order", "moderation.show", "{team_closed}/moderation?order=bank"),
    Row("moderation-locked", "moderation.show", "{locked}/moderation"),
    Row("moderation-too-early", "team.show", "{team_open}/moderation"),
    Row("moderation-item", "moderation.one", "{team_closed}/moderation/items/R1"),
    Row("moderation-few", "moderation.one", "{team_closed}/moderation/items/R3"),
    Row("moderation-settled", "moderation.one", "{team_closed}/moderation/items/R4"),
    Row("moderation-unknown", "moderation.one", "{team_closed}/moderation/items/R5"),
    Row("moderation-prompt", "moderation.one", "{team_closed}/moderation/items/S1"),
    Row("moderation-refused", "moderation.one", "{team_closed}/moderation/items/R6", then=_refused_settling),
    Row("moderation-item-locked", "moderation.one", "{locked}/moderation/items/R1"),
    Row("moderation-stale", "moderation.one", "{team_closed}/moderation/items/R7", status=409, then=_settle_stale),
    Row("moderation-agreed", "moderation.agreed", "{team_closed}/moderation/agreed"),
    Row("moderation-agreed-refused", "moderation.agreed", "{team_closed}/moderation/agreed", then=_refused_agreed),
    Row("moderation-agreed-none", "moderation.agreed", "{locked}/moderation/agreed"),
    Row("moderation-meaning", "moderation.meaning", "{team_closed}/moderation/meaning"),
    Row("results-of-team", "results.show", "{team_closed}/results"),
    Row("groups", "groups.show", "{team}/groups"),
    Row("groups-none", "groups.show", "{bare}/groups"),
    Row("groups-refused", None, "{team}/groups", then=_refused_groups),
    Row("threshold-refused", None, "{team}/groups", then=_refused_threshold),
    Row("evidence", "evidence.index", "/evidence"),
    Row("evidence-found", "evidence.index", "/evidence?q=small+units&strength=observed"),
    Row("evidence-nothing", "evidence.index", "/evidence?q=zeppelin"),
    Row("evidence-item", "evidence.item", "/evidence/items/R8"),
    Row("evidence-item-key", "evidence.item", "/evidence/items/W3"),
    Row("evidence-finding", "evidence.finding", "/evidence/findings/HACK-151"),
    Row("evidence-settings", "evidence.settings", "/evidence/settings"),
    Row("evidence-setting", "evidence.setting", "/evidence/settings/project-crewe"),
    Row("evidence-publication", "evidence.publication", "/evidence/publications/remodelling-pilots-2011"),
    Row("results-new", "results.show", "{new}/results"),
    Row("results-hostile", "results.show", "{hostile}/results"),
    Row("results-demonstration", "results.show", "{cambridgeshire_recommendations}/results"),
    Row("results-demonstration-key", "results.show", "{hackney_key_ingredients}/results"),
    Row("working-new", "results.working", "{new}/results/working"),
    Row("working-demonstration", "results.working", "{cambridgeshire_recommendations}/results/working"),
    Row("working-demonstration-key", "results.working", "{hackney_key_ingredients}/results/working"),
    Row("plan-new", "results.plan", "{new}/plan"),
    Row("plan-hostile", "results.plan", "{hostile}/plan"),
    Row("plan-demonstration", "results.plan", "{cambridgeshire_recommendations}/plan"),
    Row("report-new", "reports.page", "{new}/report"),
    Row("report-hostile", "reports.page", "{hostile}/report"),
    Row("report-demonstration", "reports.page", "{cambridgeshire_recommendations}/report"),
    Row("report-demonstration-key", "reports.page", "{hackney_key_ingredients}/report"),
    Row("verify", "verify.page", "/verify", NOBODY),
    Row("verify-nothing-chosen", "verify.page", "/verify", NOBODY, then=press("Check the report")),
    Row("verify-differs", "verify.page", "/verify", NOBODY, then=_checked),
    Row("offline", "downloads.offline", "{busy}/offline"),
    Row("offline-locked", "downloads.offline", "{locked}/offline"),
    Row("offline-of-viewer", "downloads.offline", "{new}/offline", VIEWER, 403),
    Row("import", "imports.page", "{busy}/import"),
    Row("import-nothing-chosen", "imports.page", "{busy}/import", then=press("Show what would change")),
    Row("import-faulty", "imports.page", "{busy}/import", then=_chosen(b"item,rating\nR1,9\n")),
    Row("import-too-large", "imports.page", "{busy}/import", then=_chosen(b"x" * 5_000_000)),
    Row("import-shown", "imports.page", "{hostile}/import", then=_chosen(IMPORTED)),
    Row("import-no-change", "imports.page", "{hostile}/import", then=_chosen(b"item,rating\nR1,2\n")),
    Row("import-stale", "imports.page", "{busy}/import", status=409, then=_import_stale),
    Row("import-saved", "audits.check", "{busy}/import", then=_imported),
    Row("import-locked", "imports.page", "{locked}/import", status=409),
    Row("import-of-viewer", "imports.page", "{new}/import", VIEWER, 403),
    Row("error-400", "items.edit", "{busy}/items/R6", status=400, then=_expired),
    Row("error-403", "authorities.settings", "{full}/settings", VIEWER, 403),
    Row("error-404", None, "/nowhere", NOBODY, 404),
    Row("error-404-signed-in", "audits.tasks", "{new}999", status=404),
    Row("error-405", None, "/sign-out", NOBODY, 405),
    Row("error-409", "items.edit", "{busy}/items/R7", status=409, then=_locked),
    Row("error-413", "items.edit", "{busy}/items/R10", status=413, then=_too_large),
    Row("error-429", "broken", "/broken/429", status=429),
    Row("error-500", "broken", "/broken/500", status=500),
    Row("error-503", "broken", "/broken/503", status=503),
    *WORKSHOP_ROWS,
)
