// What is on the screen: the start, one passage, or the end.

const say = (words) => {
  byId("said").textContent = words;
};
const openDialog = (id) => {
  byId(id).showModal();
  byId(id).scrollTop = 0;
  byId(id).querySelector("h2").focus();
};

let at = -1; // the passage on the screen
const shown = new Map(); // passage -> whether its guess is shown, where a person said so

const show = (section) => {
  for (const id of ["start", "reading", "done"]) byId(id).hidden = id !== section;
  byId("bar").hidden = section === "start";
  for (const id of ["save", "more", "meter"]) byId(id).hidden = section === "start";
  byId("skip").hidden = byId("next").hidden = section !== "reading";
};

const drawProgress = () => {
  const { done, of, minutes } = progress();
  const left = minutes ? `, about ${plural(minutes, "minute")} left` : "";
  byId("progress").textContent = `${done} of ${of}${left}`;
  Object.assign(byId("meter"), { max: Math.max(of, 1), value: done });
  const turn = session.readers > 1 ? `, reader ${session.turn} of ${session.readers}` : "";
  byId("who").textContent = `${session.reader}${turn}`;
  byId("save").textContent = session.isSaved && done ? "Saved" : "Save";
  byId("undo").disabled = !session.history.length;
  drawWarning();
};
const drawWarning = () => {
  byId("warning").hidden = isKept;
  byId("warning").textContent =
    "This browser does not keep your answers. Save them as a file before you close the page.";
};
const progressSaid = () => byId("progress").textContent;

const speaker = (turn, own) => {
  const who = data.turns.who[turn];
  if (who < 0) return "Interviewer";
  const { name, known } = data.speakers[who];
  if (who === own && known) return "The same person";
  const isOther = own >= 0 && known && name === data.speakers[own].name;
  return capital(isOther ? `another ${name.replace(/^an? /, "")}` : name);
};
const drawAround = (n) => {
  const own = passages.turn[n];
  const turns = Array.from({ length: passages.n[n] }, (_, step) => passages.first[n] + step);
  const items = turns.map((turn) => {
    const item = element("li");
    item.append(element("span", speaker(turn, data.turns.who[own]), "speaker"));
    item.append(turn === own ? ownTurn(n) : element("bdi", data.turns.text[turn]));
    return item;
  });
  byId("turns").replaceChildren(...items);
  byId("around").hidden = passages.n[n] === 1 && passages.text[n] === null;
};
const ownTurn = (n) => {
  const whole = data.turns.text[passages.turn[n]];
  const [before, ...after] = whole.split(textOf(n));
  const said = element("bdi");
  if (!after.length) said.textContent = whole;
  else said.append(before, element("mark", textOf(n)), after.join(textOf(n)));
  return said;
};

const LEVELS = ["perhaps", "likely", "very likely"];
const guessesOf = (n) => {
  const told = passages.guess[n].map(([theme, level, evidence]) => {
    const because = evidence ? `, for “${evidence}”` : "";
    return `${themes[theme].name}: ${LEVELS[level]}${because}`;
  });
  return told.length ? told : ["None of the themes"];
};
const isGuessShown = (n) => shown.get(n) ?? (session.guess && !passages.random[n]);
const drawGuess = (n) => {
  const isShown = isGuessShown(n);
  if (isShown) sawGuess(n);
  byId("guess").textContent = isShown ? "Hide the computer's guess" : "Show the computer's guess";
  byId("guess").setAttribute("aria-expanded", String(isShown));
  byId("guessed").hidden = !isShown;
  byId("guesses").replaceChildren(...guessesOf(n).filter(() => isShown).map((line) => element("li", line)));
  byId("picked").textContent = passages.random[n]
    ? "Picked by chance: read it with fresh eyes, so that the computer can be checked."
    : "";
};

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const drawPassage = (n) => {
  const { name } = data.speakers[data.turns.who[passages.turn[n]]];
  const question = data.questions[passages.question[n]];
  byId("place").textContent = `Passage ${mine.indexOf(n) + 1}`;
  if (isRead(n)) byId("place").append(element("span", " read", "tag"));
  byId("care").hidden = !passages.care[n];
  byId("asked").hidden = !question;
  byId("question").textContent = question;
  byId("text").textContent = textOf(n);
  byId("said-by").textContent = `${capital(name)}, ${passages.place[n]}`;
  byId("around").open = false;
  byId("note").value = answerOf(n).note;
  drawAround(n);
};
const drawAnswer = (n) => {
  const answer = answerOf(n);
  drawThemes(n);
  byId("release").setAttribute("aria-pressed", String(answer.release));
  byId("needs-care").setAttribute("aria-pressed", String(answer.care));
  if (byId("note").value !== answer.note) byId("note").value = answer.note;
  const none = [element("span", "None"), element("span", " of these", "wide"), ", next"];
  byId("next").replaceChildren(...(answer.themes.length ? ["Next"] : none));
  byId("back").disabled = mine.indexOf(n) === 0;
  drawGuess(n);
  drawProgress();
};
const goTo = (n) => {
  at = n;
  session.at = passages.id[n];
  keep();
  show("reading");
  byId("find").value = "";
  filterTiles();
  drawPassage(n);
  drawAnswer(n);
  scrollTo(0, 0);
  byId("place").focus({ preventScroll: true });
};

const drawEnd = () => {
  const { done, open, of } = progress();
  at = -1;
  session.at = "";
  keep();
  show("done");
  byId("thanks").textContent = open.length ? "Nearly there." : `Thank you, ${session.reader}.`;
  const skipped = open.length ? ` You skipped ${plural(open.length, "passage")}.` : "";
  byId("done-said").textContent = `You have read ${plural(done, "passage")}.${skipped}`;
  byId("save-done").textContent = "Save your answers";
  byId("skipped").hidden = !open.length;
  byId("skipped").textContent = "Read what you skipped";
  const left = Math.min(mine.length - of, data.atOnce);
  byId("again").hidden = left <= 0;
  byId("again").textContent = `${left} more`;
  byId("file-name").textContent = fileName();
  byId("back").disabled = false;
  drawProgress();
  byId("thanks").focus();
};
