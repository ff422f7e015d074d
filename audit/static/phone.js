// Comfort in the room of a workshop, on a phone: it follows what goes on, and sends votes without leaving the page.
// Everything works without it, by the Refresh button.
import { clock, follow, show } from "./live.js";
import { Memory, sender } from "./voting.js";

const main = document.querySelector("[data-live]");
const place = main.querySelector("[data-place]");
const says = main.querySelector("[data-says]");
const memory = new Memory();
const answers = {};
let stopClock = () => {};
let clockedFor = null;

const say = (words) => {
  says.textContent = words;
};

// Puts words up, or takes them away where they are empty: on the connection, or on what was sent.
const put = (element) => (words) => {
  if (element.textContent !== words) element.textContent = words;
};
const warn = put(main.querySelector("[data-trouble]"));
const note = put(main.querySelector("[data-notice]"));

const each = (selector, work) => place.querySelectorAll(selector).forEach(work);

const count = (state) => {
  each("[data-voted]", (element) => (element.textContent = state.voted));
  each("[data-seats]", (element) => (element.textContent = state.seats));
};

const time = (state) => {
  const spot = place.querySelector("[data-time]");
  if (!spot || !state.ends || spot === clockedFor) return;
  stopClock();
  clockedFor = spot;
  const digits = document.createElement("span");
  spot.replaceChildren("Time left: ", digits);
  stopClock = clock(digits, state.ends, state.ahead, "over");
};

// Gives the forms that were swapped in what one phone has: address, token, and what was chosen here.
const dress = () => {
  each("[data-refresh]", (element) => element.parentElement.remove());
  each("form", (form) => {
    form.action = "vote" in form.dataset ? main.dataset.votes : main.dataset.feedback;
    if (!form.querySelector("[name=csrf_token]")) {
      const token = document.createElement("input");
      Object.assign(token, { type: "hidden", name: "csrf_token", value: main.dataset.token });
      form.append(token);
    }
  });
  const form = place.querySelector("form[data-vote]");
  if (form) memory.fill(form);
  each("[data-feedback] button", (button) => {
    if (button.name in answers) mark(button);
  });
};

const mark = (button) => {
  const chosen = answers[button.name] === button.value;
  button.setAttribute("aria-pressed", String(chosen));
  button.classList.toggle("govuk-button--secondary", !chosen);
};

const renew = async (state) => {
  const hadFocus = place.contains(document.activeElement);
  await show(main.dataset.now, state, place);
  dress();
  const heading = place.querySelector("[data-heading]");
  document.title = `${heading.textContent} - Plumbline`;
  window.scrollTo(0, 0);
  // What had the focus is gone: without this, a keyboard or screen reader would start at the top of the page.
  if (hadFocus) {
    heading.tabIndex = -1;
    heading.focus();
  }
  say(state.says);
};

const votes = sender(main.dataset, memory, { say, note });

const onState = async (state, changed) => {
  if (changed) {
    await renew(state);
    votes.moved(state.round);
  }
  count(state);
  time(state);
};

const onTrouble = (lost) => {
  if (!lost) votes.again();
  warn(lost && !votes.waiting() ? "No connection. What you see may be old. It comes back by itself." : "");
};

const tellFeedback = async (form, button) => {
  const fields = new URLSearchParams(new FormData(form));
  fields.set(button.name, button.value);
  try {
    const answer = await fetch(form.action, { method: "POST", body: fields, headers: { Accept: "application/json" } });
    const told = await answer.json();
    if (answer.ok) {
      answers[button.name] = button.value;
      form.querySelectorAll(`button[name="${button.name}"]`).forEach(mark);
    }
    note(answer.ok ? "" : told.said);
    say(told.said);
  } catch {
    note("Not sent: no connection. Tap again when it is back.");
  }
};

place.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-vote]");
  if (form) memory.keep(form);
});

place.addEventListener("submit", (event) => {
  const form = event.target;
  event.preventDefault();
  if ("vote" in form.dataset) votes.send(form);
  else tellFeedback(form, event.submitter);
});

// What the server says is in stands above all that this phone remembers.
const first = place.querySelector("form[data-vote]");
const isIn = place.querySelector("[data-vote-said]:not([hidden])");
if (first && isIn) memory.keep(first, isIn.textContent);
dress();
follow(main.dataset.live, "at", main.dataset.at, onState, onTrouble, () => location.reload());
