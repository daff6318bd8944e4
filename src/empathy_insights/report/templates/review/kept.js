// What this browser keeps, or the notebook: a state for each study and reader.

const ROOT = "empathy_insights review";
const shelf = (() => {
  if (lent) return notebookShelf;
  try {
    localStorage.setItem(ROOT + " ?", "");
    localStorage.removeItem(ROOT + " ?");
    return localStorage;
  } catch {
    return null; // blocked, as in some private windows and schools
  }
})();
let isKept = shelf !== null;

const fetchKept = (key) => {
  try {
    return JSON.parse(shelf.getItem(key));
  } catch {
    return null;
  }
};
const putKept = (key, content) => {
  try {
    shelf.setItem(key, JSON.stringify(content));
    isKept = true;
  } catch {
    isKept = false;
  }
};

// A study that got new files, or corrected ones, is still the same study.
const studyEntry = () => {
  const known = fetchKept(ROOT);
  const studies = Array.isArray(known) ? known : [];
  const own = new Set(data.documents);
  const overlap = (one) => one.documents.filter((name) => own.has(name)).length;
  const [best] = studies
    .filter((one) => one.codebook === data.codebook.id && overlap(one) > 0)
    .sort((a, b) => overlap(b) - overlap(a));
  return { studies, entry: best ?? null };
};
const rememberStudy = (reader) => {
  const { studies, entry } = studyEntry();
  const study = entry ?? { key: data.study, codebook: data.codebook.id, documents: [] };
  if (!entry) studies.push(study);
  study.documents = [...new Set([...study.documents, ...data.documents])];
  study.reader = reader;
  putKept(ROOT, studies);
  return study.key;
};
const lastReader = () => studyEntry().entry?.reader ?? "";

const keyOf = (study, reader) => `${ROOT} ${study} ${reader.toLocaleLowerCase("en")}`;
let ownKey = "";
let isDue = false;
// A step may change much, and is written once, before the browser does anything else.
const keep = () => {
  if (isDue || !ownKey) return;
  isDue = true;
  queueMicrotask(keepNow);
};
const keepNow = () => {
  isDue = false;
  if (!ownKey) return;
  putKept(ownKey, { ...session, answers: [...session.answers.values()] });
  if (lent) handOver();
};
const forget = () => {
  const gone = ownKey;
  ownKey = "";
  session = newSession("");
  rememberStudy("");
  try {
    shelf.removeItem(gone);
  } catch {
    // Nothing was kept.
  }
};

const keptOf = (reader) => {
  const kept = fetchKept(keyOf(studyEntry().entry?.key ?? data.study, reader));
  const lists = ["asked", "answers", "elsewhere", "history"];
  return kept && lists.every((name) => Array.isArray(kept[name])) ? kept : null;
};

// Take up what a reader did before, or begin anew.
const takeUp = (reader) => {
  ownKey = keyOf(rememberStudy(reader), reader);
  const kept = keptOf(reader);
  session = newSession(reader);
  seen.clear();
  if (kept && kept.asked.join() === asked.join()) restore(kept);
  else if (kept) nextEdition(kept);
  dealOut();
  keep();
};
const restore = (kept) => {
  const told = [...kept.elsewhere, ...kept.answers];
  Object.assign(session, kept, { answers: new Map(), elsewhere: [] });
  told.forEach(placeDecision);
  session.history = session.history.filter((step) => session.answers.has(step.id));
  if (kept.order !== data.order) Object.assign(session, { order: data.order, goal: data.atOnce, at: "" });
};
// Answers to other themes stay in a file of their own.
const nextEdition = (kept) => {
  putKept(`${ownKey} ${kept.edition}`, kept);
  const { readers, turn, keys, guess } = kept;
  Object.assign(session, { readers, turn, keys, guess, edition: kept.edition + 1 });
};

// Ids move when transcripts are corrected; a passage is known by its words too.
const placeDecision = (decision) => {
  const n = placeIn(decision);
  if (n === undefined) session.elsewhere.push(decision);
  else session.answers.set(passages.id[n], { ...decision, segment_id: passages.id[n] });
};
const placeIn = ({ segment_id: id, fingerprint }) => {
  const n = placeOf.get(id);
  if (n !== undefined && (!fingerprint || isAlike(fingerprint, passages.fingerprint[n]))) return n;
  // What the study has, and this page has not, was read; the same words elsewhere are others.
  const hasMoved = fingerprint && !others.has(id) && decoded(fingerprint).length >= FEW_WORDS;
  return (hasMoved ? sameWords.get(fingerprint) : null) ?? undefined;
};
const FEW_WORDS = 4; // "Yes, I do" is said in every interview
const others = new Set(data.others);
const sameWords = new Map();
passages.fingerprint.forEach((mark, n) => {
  if (mark) sameWords.set(mark, sameWords.has(mark) ? null : n);
});
const isAlike = (one, other) => {
  if (one === other) return true;
  const left = decoded(one);
  const right = decoded(other);
  const counts = new Map();
  for (const sign of left) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  let common = 0;
  for (const sign of right) {
    if (!counts.get(sign)) continue;
    counts.set(sign, counts.get(sign) - 1);
    common += 1;
  }
  return common >= 0.8 * Math.max(left.length, right.length);
};
const decoded = (mark) => {
  try {
    return atob(mark);
  } catch {
    return "";
  }
};
