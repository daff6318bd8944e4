// What a person does: buttons, keys, files, and the way through the passages.

const next = () => {
  markRead(at);
  drawProgress();
  move(1, `Read. ${progressSaid()}.`);
};
const move = (step, words) => {
  const place = mine.indexOf(at) + step;
  if (place < 0) return;
  if (place >= inSitting().length) drawEnd();
  else goTo(mine[place]);
  say(words);
};
const back = () => {
  if (at < 0) goTo(inSitting().at(-1));
  else move(-1, "");
};
const undo = () => {
  const taken = undoLast();
  if (!taken) return say("There is nothing to take back.");
  if (taken.n !== at) goTo(taken.n);
  else drawPassage(at);
  drawAnswer(at);
  say(`Taken back: ${taken.words}.`);
};
const resume = () => {
  const kept = placeOf.get(session.at);
  const { open } = progress();
  if (kept !== undefined && inSitting().includes(kept)) goTo(kept);
  else if (open.length) goTo(open[0]);
  else drawEnd();
};

const apply = (words) => {
  drawAnswer(at);
  say(`${words}.`);
};
const choose = (place) => apply(toggleTheme(at, themes[place]));
const speakOf = (place, stance) => apply(setStance(at, themes[place], stance));
const MARKS = { release: ["release", "Quote released", "Quote not released"], "needs-care": ["care", "Needs care", "Needs no care"] };
const mark = (id) => {
  const [name, on, off] = MARKS[id];
  const words = answerOf(at)[name] ? off : on;
  change(at, words, (answer) => {
    answer[name] = !answer[name];
  });
  apply(words);
};
const turnGuess = () => {
  shown.set(at, !isGuessShown(at));
  drawGuess(at);
  say(isGuessShown(at) ? `The guess: ${guessesOf(at).join("; ")}.` : "The guess is hidden.");
};
const turnAround = () => {
  byId("around").open = !byId("around").open;
};
const save = async () => {
  // Themes that were chosen are meant, also where nobody pressed Next.
  if (at >= 0 && !isRead(at) && answerOf(at).themes.length) {
    markRead(at);
    drawPassage(at);
  }
  const words = await saveDecisions();
  if (at >= 0) drawAnswer(at);
  else drawProgress();
  say(words);
};
const more = () => {
  session.goal += data.atOnce;
  keep();
  resume();
};

// The start: who reads.
const fillChoices = (select, n, name) => {
  select.replaceChildren(...Array.from({ length: n }, (_, at) => new Option(name(at + 1), at + 1)));
};
const turnShown = () => {
  const n = Number(byId("readers").value);
  const before = byId("turn").value;
  fillChoices(byId("turn"), n, (turn) => `Reader ${turn} of ${n}`);
  if (Number(before) <= n && before) byId("turn").value = before;
  byId("turn-box").hidden = byId("shared").hidden = n === 1;
};
const choicesShown = (readers, turn) => {
  byId("readers").value = readers;
  turnShown();
  byId("turn").value = turn;
};
// Who was here before is still the same one of the readers.
const knownShown = () => {
  const kept = keptOf(byId("reader").value.trim());
  if (kept) choicesShown(kept.readers, kept.turn);
};
const start = () => {
  if (at >= 0) keep();
  at = -1;
  show("start");
  byId("progress").textContent = byId("who").textContent = "";
  if (byId("begin")) {
    byId("reader").value = lent?.reader ?? "";
    byId("reader").readOnly = Boolean(lent?.reader);
    choicesShown(session.readers, (session.turn % session.readers) + 1);
    const minutes = minutesOf([...passages.id.keys()].slice(0, data.atOnce));
    byId("about-minutes").textContent = `about ${plural(minutes, "minute")}`;
    if (!lent) byId("reader").focus();
  }
  drawWarning();
};
const begin = (event) => {
  event.preventDefault();
  const reader = byId("reader").value.trim();
  if (!reader) return;
  const trouble = lent?.earlier ? openDecisions(lent.earlier) : takeUp(reader);
  if (trouble) {
    byId("start-said").textContent = trouble;
    return;
  }
  const readers = Number(byId("readers").value);
  Object.assign(session, { readers, turn: Number(byId("turn").value) || 1 });
  handle = null;
  dealOut();
  resume();
  const hasKeys = matchMedia("(hover: hover)").matches;
  say(`Welcome, ${session.reader}.${hasKeys ? " Press ? to see the keys." : ""}`);
};
const openFile = async (input, where) => {
  const [file] = input.files;
  input.value = "";
  if (!file) return;
  const trouble = openDecisions(await file.text());
  byId(where).textContent = trouble;
  if (trouble) return;
  handle = null;
  byId("settings").close();
  resume();
  say(`Welcome back, ${session.reader}.`);
};
const forgetAll = () => {
  if (!session.isSaved) {
    byId("more-said").textContent = "Some answers are in no file yet. Save them first, then they can be removed here.";
    return;
  }
  forget();
  byId("settings").close();
  start();
};
const settings = () => {
  byId("more-said").textContent = "";
  byId("reader-said").textContent = byId("who").textContent;
  byId("wants-guess").checked = session.guess;
  byId("wants-keys").checked = session.keys;
  openDialog("settings");
};

// Keys: one sign each, and none of them while somebody writes.
const KEYS = {
  Enter: next, ArrowRight: next, ArrowLeft: back, u: undo, g: turnGuess, w: turnAround,
  r: () => mark("release"), c: () => mark("needs-care"), n: () => byId("note").focus(),
  s: () => move(1, "Skipped for now."), "/": () => byId("find").focus(), "?": settings,
};
const AT_THE_END = new Set(["ArrowLeft", "u", "?"]);
const signPressed = (event) => {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code);
  return digit ? digit[1] : event.key.toLowerCase();
};
const pressTheme = (event) => {
  const place = SIGNS.indexOf(signPressed(event));
  if (place < 0 || place >= themes.length) return false;
  if (event.shiftKey) speakOf(place, nextStance(at, themes[place]));
  else choose(place);
  return true;
};
const isWriting = (target) => target.matches("input:not([type=checkbox]), textarea, select");
const pressWhileWriting = (event) => {
  if (event.key === "Escape") byId("place").focus();
  if (event.key === "Enter" && event.target.id === "find" && firstFound() >= 0) {
    event.preventDefault();
    choose(firstFound());
    byId("find").value = "";
    filterTiles();
  }
};
const press = (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
  if (byId("reading").hidden && byId("done").hidden) return;
  if (document.querySelector("dialog[open]")) return;
  if (isWriting(event.target)) return pressWhileWriting(event);
  if (!session.keys) return;
  if (event.key === "Enter" && event.target.closest("button, a, summary, label")) return;
  const action = KEYS[event.key] ?? (event.shiftKey ? null : KEYS[event.key.toLowerCase()]);
  if (at < 0 && !AT_THE_END.has(event.key)) return;
  if (action) action();
  else if (!pressTheme(event)) return;
  event.preventDefault();
};

const click = ({ target }) => {
  const { theme, about, stance, of } = target.closest("button")?.dataset ?? {};
  if (theme) choose(Number(theme));
  if (about) showAbout(themes[about]);
  if (stance) pressStance(Number(of), stance);
};
const pressStance = (place, stance) => {
  const isOn = answerOf(at).stances[themes[place].id] === stance;
  speakOf(place, isOn ? "" : stance);
};
let noting = -1; // the passage whose note is being written: one step to undo
const note = () => {
  const write = (answer) => {
    answer.note = byId("note").value;
  };
  if (noting !== at) change(at, "Note", write);
  else write(session.answers.get(passages.id[at]));
  noting = at;
  if (isRead(at)) session.isSaved = false;
  keep();
  drawProgress();
};

const listen = () => {
  const on = (id, action) => byId(id).addEventListener("click", action);
  on("next", next);
  on("back", back);
  on("undo", undo);
  on("skip", () => move(1, "Skipped for now."));
  on("guess", turnGuess);
  on("save", save);
  on("save-done", save);
  on("again", more);
  on("skipped", () => goTo(progress().open[0]));
  on("more", settings);
  on("release", () => mark("release"));
  on("needs-care", () => mark("needs-care"));
  on("forget", forgetAll);
  on("other-reader", () => {
    byId("settings").close();
    start();
  });
  byId("main").addEventListener("click", click);
  byId("note").addEventListener("input", note);
  byId("note").addEventListener("blur", () => (noting = -1));
  byId("find").addEventListener("input", filterTiles);
  byId("wants-guess").addEventListener("change", setWish);
  byId("wants-keys").addEventListener("change", setWish);
  byId("earlier-more").addEventListener("change", (event) => openFile(event.target, "more-said"));
  document.addEventListener("keydown", press);
  for (const dialog of document.querySelectorAll("dialog")) {
    dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  }
  addEventListener("storage", ({ key }) => key === ownKey && refresh());
  addEventListener("beforeunload", (event) => !isKept && !session.isSaved && event.preventDefault());
};
const setWish = () => {
  Object.assign(session, { guess: byId("wants-guess").checked, keys: byId("wants-keys").checked });
  keep();
  if (at >= 0) drawAnswer(at);
};
// The same page in another tab has gone on.
const refresh = () => {
  const kept = keptOf(session.reader);
  if (!kept || at < 0) return;
  restore(kept);
  drawAnswer(at);
};
const listenToStart = () => {
  fillChoices(byId("readers"), 6, (n) => (n === 1 ? "Just me" : `${n} people`));
  byId("readers").addEventListener("change", turnShown);
  byId("reader").addEventListener("change", knownShown);
  byId("begin").addEventListener("submit", begin);
  byId("earlier").addEventListener("change", (event) => openFile(event.target, "start-said"));
};

listen();
drawTiles();
if (byId("begin")) listenToStart();
const known = lastReader();
if (known && passages.id.length) {
  takeUp(known);
  if (lent) isGiven();
  resume();
  say(`Welcome back, ${known}.`);
} else {
  start();
}
