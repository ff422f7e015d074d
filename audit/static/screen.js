// The projector: follows the room, swaps what it shows, and keeps counts and time up to date in between.
import { clock, follow, show } from "./live.js";

const main = document.querySelector("[data-live]");
const place = main.querySelector("[data-now]");
const says = main.querySelector("[data-says]");
const trouble = main.querySelector("[data-trouble]");
let stop = () => {};

const write = (name, text) => {
  for (const each of place.querySelectorAll(`[data-${name}]`)) each.textContent = text;
};

const count = (state) => {
  write("seats", state.seats);
  write("voted", state.voted);
  // Paper ballots can be more than the people who joined.
  write("of", state.seats >= state.voted ? ` of ${state.seats}` : "");
  const progress = place.querySelector("progress");
  if (progress) {
    progress.max = Math.max(state.seats, state.voted, 1);
    progress.value = state.voted;
  }
};

const keepTime = (state) => {
  stop();
  const element = place.querySelector("[data-time]");
  stop = element && state.ends ? clock(element, state.ends, state.ahead, "over") : () => {};
};

const onState = async (state, changed) => {
  if (changed) {
    await show(main.dataset.screen, state, place);
    place.classList.add("app-wall__now--fresh");
    says.textContent = state.says;
  }
  count(state);
  keepTime(state);
};

const onTrouble = (lost) => {
  trouble.hidden = !lost;
};

// Also after somebody was sent out: this page then learns the new address.
const onGone = () => location.reload();

follow(main.dataset.live, "screen", main.dataset.shown, onState, onTrouble, onGone);
