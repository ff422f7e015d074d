// Votes from a phone: what was chosen here, and sending it until it is answered or too late.

const NAME = `plumbline-vote ${location.pathname}`;
const SLOWEST = 10000;
const LINGER = 20000;
const LOST = "Not sent yet: no connection. It will be sent when it is back, if the vote is still open.";
const TOO_LATE = "The vote was over when the connection came back. Your vote may not have been counted.";

const chosenIn = (form, name) => form.querySelector(`input[name=${name}]:checked`);

// What was chosen on this phone in the round that is open. It outlasts a reload, and is about one round only.
export class Memory {
  constructor() {
    try {
      this.kept = JSON.parse(sessionStorage.getItem(NAME)) || {};
    } catch {
      this.kept = {};
    }
  }

  // Something was chosen; `said` tells what is in already, and stays what it was where it is not given.
  keep(form, said) {
    const isSame = this.kept.round === form.dataset.vote;
    this.kept = {
      round: form.dataset.vote,
      choice: chosenIn(form, "choice")?.value ?? "",
      confidence: chosenIn(form, "confidence")?.value ?? "",
      said: said ?? (isSame ? this.kept.said : ""),
    };
    try {
      sessionStorage.setItem(NAME, JSON.stringify(this.kept));
    } catch {
      // A phone that keeps nothing still votes.
    }
  }

  // Put what was chosen in this round into the form. A form of another round stays as it is.
  fill(form) {
    if (this.kept.round !== form.dataset.vote) return;
    for (const name of ["choice", "confidence"]) {
      for (const input of form.querySelectorAll(`input[name=${name}]`)) {
        input.checked = input.value === this.kept[name];
      }
    }
    this.tell(form);
  }

  // Show above the form and beside its button what is in.
  tell(form) {
    if (!this.kept.said) return;
    for (const said of form.parentElement.querySelectorAll("[data-vote-said], [data-vote-in]")) {
      said.textContent = this.kept.said;
      said.hidden = false;
    }
    form.querySelector("[data-submit]").textContent = "Change my vote";
  }
}

const complain = (form, words) => {
  let message = form.querySelector("#choice-error");
  const group = form.querySelector(".govuk-form-group");
  if (!words) {
    message?.remove();
    group.querySelector("fieldset").setAttribute("aria-describedby", "choice-hint");
    group.classList.remove("govuk-form-group--error");
    return;
  }
  if (!message) {
    message = document.createElement("p");
    message.className = "govuk-error-message";
    message.id = "choice-error";
    group.querySelector(".govuk-radios").before(message);
    group.querySelector("fieldset").setAttribute("aria-describedby", "choice-hint choice-error");
  }
  message.textContent = words;
  group.classList.add("govuk-form-group--error");
  form.querySelector("input[name=choice]").focus();
};

// Sends votes. `say` reads something out, `note` puts words up or, where they are empty, takes them away.
export const sender = ({ votes }, memory, { say, note }) => {
  let pending = null;
  let timer;
  let lateSince = 0;

  const tooLate = (words) => {
    lateSince = Date.now();
    note(words);
  };

  const buttonOf = (form) => form.querySelector("[data-submit]");

  const end = () => {
    clearTimeout(timer);
    if (pending) buttonOf(pending.form)?.removeAttribute("aria-disabled");
    pending = null;
  };

  const attempt = async () => {
    const vote = pending;
    if (!vote || vote.inFlight) return;
    // What stands in the form now: it can have been changed while there was no connection.
    const words = chosenIn(vote.form, "choice").dataset.words;
    vote.inFlight = true;
    try {
      const answer = await fetch(votes, {
        method: "POST",
        body: new URLSearchParams(new FormData(vote.form)),
        headers: { Accept: "application/json" },
        signal: AbortSignal.timeout(SLOWEST),
      });
      if (answer.status >= 500 || answer.status === 429) throw new Error(`status ${answer.status}`);
      const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
      // The seat or the form is not what it was: the page tells more.
      if (!isJson || answer.status === 403 || answer.status === 404) location.reload();
      else told(vote, answer, (await answer.json()).said, words);
    } catch {
      vote.inFlight = false;
      failed(vote);
    }
  };

  const failed = (vote) => {
    vote.failures += 1;
    if (vote.isLate) {
      end();
      tooLate(TOO_LATE);
      return;
    }
    note(LOST);
    timer = setTimeout(attempt, Math.min(SLOWEST, 1000 * 2 ** (vote.failures - 1)));
  };

  const told = (vote, answer, said, words) => {
    end();
    if (answer.ok) {
      note("");
      if (vote.isLate) return;
      memory.keep(vote.form, `Your vote is in: ${words}. You can change it until the reveal.`);
      memory.tell(vote.form);
      say(memory.kept.said);
    } else if (answer.status === 400) {
      note("");
      complain(vote.form, said);
    } else {
      tooLate(vote.failures ? TOO_LATE : said);
    }
  };

  // The connection is back: what waits is sent without further delay.
  const again = () => {
    clearTimeout(timer);
    attempt();
  };
  window.addEventListener("online", again);

  return {
    waiting: () => pending !== null,
    again,

    send: (form) => {
      if (pending) return;
      const choice = chosenIn(form, "choice");
      complain(form, choice ? "" : "Choose a level, “Don’t know” or “Not applicable”.");
      if (!choice) return;
      pending = { form, round: form.dataset.vote, failures: 0, inFlight: false, isLate: false };
      buttonOf(form).setAttribute("aria-disabled", "true");
      attempt();
    },

    // The room shows something new: a vote for a round that is over is not sent again.
    moved: (round) => {
      if (!pending || pending.round === String(round)) {
        // What came too late was about the round before: leave time to read it.
        if (!pending && Date.now() - lateSince > LINGER) note("");
        return;
      }
      pending.isLate = true;
      if (pending.inFlight) return;
      end();
      tooLate(TOO_LATE);
    },
  };
};
