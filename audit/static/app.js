// Comfort on the page of an answer: what is typed is kept as a draft, and leaving with words unsaved is not silent.
// Everything works without it.

const WAIT = 3000;
const form = document.querySelector("form[data-draft]");

if (form) {
  const note = form.querySelector("[data-unsaved]");
  let timer;
  let request;
  let edits = 0;
  let kept = 0;
  let leaving = false;

  const say = (words) => {
    if (note.textContent !== words) note.textContent = words;
  };

  const keepDraft = async () => {
    const edit = edits;
    request?.abort();
    request = new AbortController();
    const fields = new URLSearchParams(new FormData(form));
    const token = fields.get("csrf_token");
    fields.delete("csrf_token");
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "POST",
        body: fields,
        headers: { "X-CSRFToken": token },
        redirect: "manual",
        signal: request.signal,
      });
      if (answer.status !== 204) throw new Error(`status ${answer.status}`);
      kept = Math.max(kept, edit);
      if (kept === edits) say("Not saved yet. A draft is kept for you.");
    } catch (fault) {
      if (fault.name === "AbortError") return;
      say("Not saved yet, and no draft could be kept. Save, or copy what you typed before you leave this page.");
      timer = setTimeout(keepDraft, 5 * WAIT);
    }
  };

  form.addEventListener("input", () => {
    edits += 1;
    say("Not saved yet.");
    clearTimeout(timer);
    timer = setTimeout(keepDraft, WAIT);
  });

  form.addEventListener("submit", () => {
    leaving = true;
    clearTimeout(timer);
    request?.abort();
  });

  // Back from the next page: the browser shows the form as it was left.
  window.addEventListener("pageshow", () => {
    leaving = false;
  });

  window.addEventListener("beforeunload", (event) => {
    if (!leaving && edits > kept) event.preventDefault();
  });
}
