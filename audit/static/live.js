// Follows a room: asks for its state again and again, sparingly, and tells the page what is new.
//
// follow(address, tag, shown, onState, onTrouble, onGone): `tag` names the field of the state that says what this screen
// shows, `shown` is its value at first. onState(state, changed) is called with each new state, onTrouble(lost) when the
// network is lost and when it is back, onGone() when the address opens the room no longer.

const SLOWEST = 5000;
const PATIENCE = 10000;
const IDLE_AFTER = 5 * 60 * 1000;

export const follow = (address, tag, shown, onState, onTrouble, onGone) => {
  let etag = "";
  let known = shown;
  let wait = 1000;
  let failures = 0;
  let timer;
  let running = false;
  let quietSince = Date.now();

  const later = (milliseconds) => {
    clearTimeout(timer);
    // A little unevenly, so that a room full of phones does not ask in one breath, and never later than asked.
    timer = setTimeout(ask, milliseconds * (0.8 + 0.2 * Math.random()));
  };

  const pause = () => {
    if (failures) return Math.min(SLOWEST, 1000 * 2 ** (failures - 1));
    const idle = wait >= 1000 && Date.now() - quietSince > IDLE_AFTER;
    return idle ? Math.max(wait, SLOWEST) : wait;
  };

  const ask = async () => {
    if (running || document.hidden) return;
    running = true;
    try {
      const answer = await fetch(address, {
        headers: etag ? { "If-None-Match": etag } : {},
        cache: "no-store",
        credentials: "same-origin",
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (answer.status === 404) {
        onGone();
        return;
      }
      if (answer.status === 200) {
        const state = await answer.json();
        // How far the server's clock is ahead of this device's, in milliseconds.
        state.ahead = (Date.parse(answer.headers.get("Date")) || Date.now()) - Date.now();
        const changed = state[tag] !== known;
        await onState(state, changed);
        // Only now: where showing it failed, the next answer must bring it again.
        known = state[tag];
        etag = answer.headers.get("ETag") || "";
        wait = state.wait;
        quietSince = Date.now();
      } else if (answer.status !== 304) {
        throw new Error(`status ${answer.status}`);
      }
      if (failures) onTrouble(false);
      failures = 0;
    } catch {
      failures += 1;
      if (failures === 2) onTrouble(true);
    } finally {
      running = false;
      later(pause());
    }
  };

  // A phone that slept through an item asks at once when it wakes, and so does one whose Wi-Fi is back.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) ask();
  });
  window.addEventListener("online", ask);
  window.addEventListener("pageshow", ask);
  later(200);
  return { soon: () => later(50) };
};

// The newest fragment of a screen, in place of what `place` shows. It is at least as new as `state`.
export const show = async (address, state, place) => {
  const answer = await fetch(`${address}?seen=${state.version}`, { cache: "no-store", credentials: "same-origin" });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  const fragment = new DOMParser().parseFromString(await answer.text(), "text/html");
  place.replaceChildren(...fragment.body.childNodes);
};

// Minutes and seconds that are left until `ends` (seconds since 1970), by the server's clock, which is `ahead` of this
// device's by so many milliseconds. Gives a function that stops it.
export const clock = (element, ends, ahead, late) => {
  const tick = () => {
    const left = Math.round(ends - (Date.now() + ahead) / 1000);
    const all = Math.abs(left);
    const time = `${Math.floor(all / 60)}:${String(all % 60).padStart(2, "0")}`;
    element.textContent = left >= 0 ? time : `${time} ${late}`;
    element.classList.toggle("app-late", left < 0);
  };
  tick();
  const timer = setInterval(tick, 1000);
  return () => clearInterval(timer);
};
