// What is to be read, who reads it, and what was answered so far.

const data = JSON.parse(document.getElementById("data").textContent);
const { themes, passages } = data;
passages.fingerprint = passages.fingerprints.replace(/^.*?,/, "").split(",");
const asked = themes.map((theme) => theme.id);
const placeOf = new Map(passages.id.map((id, n) => [id, n]));
const STANCES = ["need", "asset", "mixed"];
const STEPS_KEPT = 200;

const now = () => `${new Date().toISOString().slice(0, 19)}Z`;
const textOf = (n) => passages.text[n] ?? data.turns.text[passages.turn[n]];

const newSession = (reader) => ({
  reader,
  readers: 1,
  turn: 1, // which of the readers this one is
  asked,
  edition: 1, // goes up when the themes that are asked change
  order: data.order,
  goal: data.atOnce, // passages in this sitting
  at: "",
  keys: true,
  guess: true,
  isSaved: true,
  elsewhere: [], // decisions on passages that this page does not hold
  answers: new Map(),
  history: [],
});
let session = newSession("");
let mine = []; // the passages of this reader, in order

const blank = (n) => ({
  segment_id: passages.id[n],
  fingerprint: passages.fingerprint[n],
  themes: [],
  stances: {},
  release: false,
  care: false,
  note: "",
  saw_guess: false,
  read_at: "",
});
const answerOf = (n) => session.answers.get(passages.id[n]) ?? blank(n);
const isRead = (n) => answerOf(n).read_at !== "";

// The first ten are everybody's. The others are dealt like cards, and each round begins
// with the next reader, so that everybody gets some of those picked by chance.
const isMine = (n, turn, readers) => {
  const later = n - data.common;
  return later < 0 || (later + Math.floor(later / readers)) % readers === turn - 1;
};
const dealOut = () => {
  mine = [...passages.id.keys()].filter((n) => isMine(n, session.turn, session.readers));
};

const inSitting = () => mine.slice(0, session.goal);
const minutesOf = (places) => {
  const words = places.reduce((sum, n) => sum + textOf(n).split(/\s+/).filter(Boolean).length, 0);
  const minutes = words / data.wordsAMinute + places.length * data.minutesToDecide;
  return places.length ? Math.max(1, Math.round(minutes)) : 0;
};
const progress = () => {
  const open = inSitting().filter((n) => !isRead(n));
  const of = inSitting().length;
  return { done: of - open.length, of, open, minutes: minutesOf(open) };
};

// Every change can be taken back, also after the page was closed.
const change = (n, words, edit) => {
  const before = session.answers.get(passages.id[n]) ?? null;
  const after = structuredClone(before ?? blank(n));
  edit(after);
  if (after.read_at) after.read_at = now();
  if (after.read_at || before?.read_at) session.isSaved = false;
  if (seen.has(n)) after.saw_guess = true;
  session.answers.set(passages.id[n], after);
  session.history.push({ id: passages.id[n], before, words });
  session.history.splice(0, session.history.length - STEPS_KEPT);
  keep();
};
const undoLast = () => {
  const last = session.history.pop();
  if (!last) return null;
  const n = placeOf.get(last.id);
  const answer = last.before ?? blank(n);
  answer.saw_guess ||= answerOf(n).saw_guess;
  session.isSaved = false;
  session.answers.set(last.id, answer);
  keep();
  return { n, words: last.words };
};

// Guesses that were looked at; what is decided then was not decided blind.
const seen = new Set();
const sawGuess = (n) => {
  if (seen.has(n)) return;
  seen.add(n);
  if (isRead(n) || answerOf(n).saw_guess) return;
  session.answers.set(passages.id[n], { ...answerOf(n), saw_guess: true });
  keep();
};

const isChosen = (answer, theme) =>
  answer.themes.some((id) => id === theme || id.startsWith(`${theme}.`));
const toggleTheme = (n, { id, name }) => {
  const was = isChosen(answerOf(n), id);
  const words = was ? `${name} taken off` : `${name} chosen`;
  change(n, words, (answer) => {
    answer.themes = answer.themes.filter((one) => one !== id && !one.startsWith(`${id}.`));
    if (was) delete answer.stances[id];
    else answer.themes.push(id);
  });
  return words;
};
const STANCE_NAMES = { need: "a need", asset: "a strength", mixed: "both" };
const setStance = (n, { id, name }, stance) => {
  const words = stance ? `${name}: ${STANCE_NAMES[stance]}` : `${name}: left open`;
  change(n, words, (answer) => {
    if (!isChosen(answer, id)) answer.themes.push(id);
    if (stance) answer.stances[id] = stance;
    else delete answer.stances[id];
  });
  return words;
};
const markRead = (n) => {
  if (isRead(n)) return;
  change(n, "Read", (answer) => {
    answer.read_at = now();
  });
};
