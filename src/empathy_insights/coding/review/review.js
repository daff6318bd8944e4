// Reviewing with the keyboard. People's words are set by textContent only: never as HTML.

const KEYS = 9; // themes that a digit gives

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function key(name) {
  return element("kbd", "ei-key", name);
}

function button(label, name, act) {
  const made = element("button", "ei-button", label);
  made.type = "button";
  if (name) {
    made.append(" ", key(name));
    made.setAttribute("aria-keyshortcuts", name);
  }
  made.addEventListener("click", act);
  return made;
}

// The latest decision on each card; the list itself is what `undo` walks back.
function latest(model) {
  return new Map(model.get("decisions").map(([card, answer]) => [card, answer]));
}

function passage(card) {
  const text = element("blockquote", "ei-text");
  const [before, words, after] = card.text;
  text.append(before);
  if (words) text.append(element("mark", "ei-evidence", words));
  text.append(after);
  return text;
}

function context(label, words) {
  const line = element("p", "ei-context");
  line.append(element("span", "ei-label", label), " ", words);
  return line;
}

function render({ model, el }) {
  const root = element("section", "ei-review");
  root.tabIndex = 0;
  root.setAttribute("aria-label", "Review of suggested themes");
  // JupyterLab would take `a` for "insert a cell above".
  root.setAttribute("data-lm-suppress-shortcuts", "true");
  el.append(root);
  const themes = model.get("themes");

  const go = (at) => {
    const last = Math.max(model.get("cards").length - 1, 0);
    model.set("at", Math.min(Math.max(at, 0), last));
    model.save_changes();
    draw();
  };

  const nextOpen = (from) => {
    const done = latest(model);
    const n = model.get("cards").length;
    for (let step = 1; step <= n; step += 1) {
      const at = (from + step) % n;
      if (!done.has(at)) return at;
    }
    return from;
  };

  const decide = (answer) => {
    const at = model.get("at");
    if (!model.get("cards").length) return;
    model.set("decisions", [...model.get("decisions"), [at, answer]]);
    go(nextOpen(at));
  };

  const recode = (theme) => {
    const card = model.get("cards")[model.get("at")];
    if (card) decide(theme === card.theme ? "accepted" : theme);
  };

  const undo = () => {
    const decisions = model.get("decisions");
    if (!decisions.length) return;
    const [at] = decisions[decisions.length - 1];
    model.set("decisions", decisions.slice(0, -1));
    go(at);
  };

  const actions = {
    a: () => decide("accepted"),
    r: () => decide("rejected"),
    u: undo,
    ArrowLeft: () => go(model.get("at") - 1),
    ArrowRight: () => go(model.get("at") + 1),
  };

  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof HTMLSelectElement) return;
    const pressed = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const digit = /^[1-9]$/.test(pressed) ? themes[Number(pressed) - 1] : undefined;
    const act = digit ? () => recode(digit.id) : actions[pressed];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
    root.focus({ preventScroll: true });
  });

  const click = (act) => () => {
    act();
    root.focus({ preventScroll: true });
  };

  function bar() {
    const line = element("div", "ei-bar");
    line.append(
      button("Accept", "a", click(actions.a)),
      button("Reject", "r", click(actions.r)),
      button("Undo", "u", click(undo)),
      button("Back", "←", click(actions.ArrowLeft)),
      button("Next", "→", click(actions.ArrowRight)),
    );
    return line;
  }

  function others(card) {
    const line = element("div", "ei-others");
    line.append(element("span", "ei-label", "Another theme:"));
    themes.slice(0, KEYS).forEach((theme, n) => {
      const made = button(theme.name, String(n + 1), click(() => recode(theme.id)));
      made.title = theme.means;
      line.append(made);
    });
    if (themes.length > KEYS) line.append(more());
    return line;
  }

  function more() {
    const choice = element("select", "ei-more");
    choice.setAttribute("aria-label", "More themes");
    const first = element("option", "", "more …");
    first.value = "";
    choice.append(first);
    themes.slice(KEYS).forEach((theme) => {
      const made = element("option", "", theme.name);
      made.value = theme.id;
      made.title = theme.means;
      choice.append(made);
    });
    choice.addEventListener("change", click(() => choice.value && recode(choice.value)));
    return choice;
  }

  function status(done) {
    const n = model.get("cards").length;
    const line = element("p", "ei-status");
    line.setAttribute("role", "status");
    const place = `${Math.min(model.get("at") + 1, n)} of ${n}, ${done.size} decided`;
    line.textContent = [place, model.get("saved")].filter(Boolean).join(" · ");
    return line;
  }

  function verdict(answer) {
    const named = themes.find((theme) => theme.id === answer);
    return named ? `another theme: ${named.name}` : answer;
  }

  function draw() {
    const done = latest(model);
    const card = model.get("cards")[model.get("at")];
    if (!card) {
      root.replaceChildren(element("p", "ei-status", "Nothing waits for a review."));
      return;
    }
    const parts = [status(done)];
    if (card.question) parts.push(context("Question:", card.question));
    if (card.before) parts.push(context("Just before:", card.before));
    parts.push(passage(card));
    const theme = element("p", "ei-theme");
    theme.append(element("strong", "ei-name", card.name), " ", card.means);
    parts.push(theme);
    const answer = done.get(model.get("at"));
    if (answer) parts.push(element("p", "ei-decided", `Decided: ${verdict(answer)}`));
    parts.push(bar(), others(card));
    root.replaceChildren(...parts);
  }

  ["decisions", "at", "saved", "cards"].forEach((name) =>
    model.on(`change:${name}`, draw),
  );
  draw();
}

export default { render };
