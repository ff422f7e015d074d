// Comfort at the desk of a workshop: counts and the clock follow the room, and what is typed is kept as it is typed.
// Everything works without it.

import { clock, follow } from "./live.js";

const WAIT = 3000;
const desk = document.querySelector("[data-live]");
const form = document.querySelector("form[data-keep]");
const moved = document.querySelector("[data-moved]");

let edits = 0;
let kept = 0;
let leaving = false;
let stepOnly = false;
let stopClock;

const put = (name, number) => {
  document.querySelectorAll(`[data-${name}]`).forEach((place) => {
    if (place.textContent !== String(number)) place.textContent = number;
  });
};

// Another person at another desk took a step: the page follows, unless somebody is in the middle of something here.
const goOn = () => {
  if (leaving) return;
  if (edits > kept || form?.contains(document.activeElement)) {
    moved.hidden = false;
    return;
  }
  leaving = true;
  // Not this page's own address: after a refused step that one takes no visits.
  location.replace(moved.querySelector("a").href);
};

follow(
  desk.dataset.live,
  "at",
  desk.dataset.at,
  (state, changed) => {
    put("voted", state.voted);
    put("seats", state.seats);
    const place = document.querySelector("[data-clock]");
    if (place && !stopClock) {
      stopClock = clock(place, Number(place.dataset.ends), state.ahead, "over");
      document.querySelector("[data-clock-label]").hidden = false;
    }
    if (changed) goOn();
  },
  (lost) => {
    document.querySelector("[data-lost]").hidden = !lost;
  },
  goOn,
);

const keepTyping = (box) => {
  const note = box.querySelector("[data-unsaved]");
  let timer;
  let request;

  const say = (words) => {
    if (note.textContent !== words) note.textContent = words;
  };

  const keep = async () => {
    const edit = edits;
    request?.abort();
    request = new AbortController();
    try {
      const answer = await fetch(box.getAttribute("action"), {
        method: "POST",
        body: new URLSearchParams(new FormData(box)),
        headers: { Accept: "application/json" },
        redirect: "manual",
        signal: request.signal,
      });
      const said = await answer.json();
      if (said.problem) {
        say(`Not kept yet. ${said.problem}`);
        return;
      }
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      box.elements.talk.value = said.number;
      kept = Math.max(kept, edit);
      if (kept === edits) say("Kept. It is not settled before you press Settle.");
    } catch (fault) {
      if (fault.name === "AbortError") return;
      say("Not kept yet. Copy what you typed before you leave this page.");
      timer = setTimeout(keep, 5 * WAIT);
    }
  };

  const typed = () => {
    edits += 1;
    say("Not kept yet.");
    clearTimeout(timer);
    timer = setTimeout(keep, WAIT);
  };

  box.addEventListener("input", typed);
  // Somebody may have typed before this script was there, or the browser put back what was typed before.
  const texts = [...box.querySelectorAll("textarea, input[type=text]")];
  if (texts.some((field) => field.value !== field.defaultValue)) typed();

  // Where all that is typed here is kept, a step that settles nothing has no quarrel with what another desk has typed.
  box.addEventListener("submit", (event) => {
    leaving = true;
    stepOnly = kept === edits && /\/(step|undo)$/.test(event.submitter?.formAction ?? "");
    clearTimeout(timer);
    request?.abort();
  });
  box.addEventListener("formdata", (event) => {
    if (stepOnly) event.formData.delete("talk");
  });
};

if (form) keepTyping(form);

// Back from the next page: the browser shows the desk as it was left, which can be long ago.
window.addEventListener("pageshow", (event) => {
  leaving = false;
  stepOnly = false;
  if (event.persisted) goOn();
});

window.addEventListener("beforeunload", (event) => {
  if (!leaving && edits > kept) event.preventDefault();
});
