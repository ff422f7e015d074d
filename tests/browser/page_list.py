"""Every page that a browser can be shown, in each of its states, and how to get there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from audit.core.audits import AuditState
from audit.core.responses import RatingState, Response
from tests.browser.scene import LEAD, LONG_WORD, NEWCOMER, RIGHT_TO_LEFT, VIEWER, Scene
from tests.reports.proofs import on_pages, proven

Step = Callable[[Page, Scene], object]
NOBODY = ""
IMPORTED = (
    "item,rating,reason,what_happens_now\n"
    f"R1,4,{RIGHT_TO_LEFT},{LONG_WORD[::-1]}\nR2,3,,\nR4,4,,\nR5,0,{LONG_WORD},{RIGHT_TO_LEFT}\nS2,,,{LONG_WORD}\n"
).encode()
# What is read by machines, or is a file to keep.
NOT_PAGES = {
    "static",
    "pages.health",
    "authorities.colours",
    "reports.pdf",
    "reports.docx",
    "reports.xlsx",
    "reports.form",
    "downloads.answers",
}


@dataclass(frozen=True)
class Row:
    """A page in one state. ``endpoint`` is None where no view answers; ``then`` is done once the address is open."""

    name: str
    endpoint: str | None
    address: str
    who: str = LEAD
    status: int = 200
    then: Step | None = None


def press(words: str) -> Step:
    """Press a button."""

    def step(page: Page, scene: Scene) -> None:
        page.get_by_role("button", name=words, exact=True).click()

    return step


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


def _restore(page: Page, scene: Scene) -> None:
    page.get_by_role("button", name="Restore version 1").click()


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
    Row("sign-in-link", "sign_in.link", "{link}", NOBODY),
    Row("sign-in-link-of-another", "sign_in.link", "{link}", NEWCOMER),
    Row("sign-in-link-refused", "sign_in.link", "/sign-in/made-up", NOBODY, 410),
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
    Row("item-of-viewer", "items.edit", "{new}/items/R1", VIEWER),
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
    Row("offline-of-viewer", "downloads.offline", "{new}/offline", VIEWER),
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
)
