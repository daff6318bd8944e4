// Decisions as a file: saved into a folder or as a download, and opened again.

const fileName = () => {
  const name = session.reader.normalize("NFC").replace(/[^\p{L}\p{N}_-]+/gu, "-");
  const edition = session.edition > 1 ? `-${session.edition}` : "";
  return `decisions-${name.replace(/^-+|-+$/g, "") || "reader"}${edition}.json`;
};
const decisionsMade = () => {
  const read = [...session.answers.values()].filter((answer) => answer.read_at);
  const elsewhere = session.elsewhere.filter((one) => one.read_at).map(withOwnId).filter(Boolean);
  return [...elsewhere, ...read];
};
const decisionsText = () => {
  const told = {
    format: "empathy_insights decisions",
    version: 1,
    reader: session.reader,
    codebook: data.codebook,
    asked,
    saved_at: now(),
    decisions: decisionsMade(),
  };
  return `${JSON.stringify(told, null, 1)}\n`;
};

// An id that another passage has now is marked; the words tell where it belongs.
const withOwnId = (one) => {
  const now = session.answers.get(one.segment_id);
  if (!now?.read_at) return one;
  const isOther = one.fingerprint && !isAlike(one.fingerprint, now.fingerprint);
  return isOther ? { ...one, segment_id: `${one.segment_id}~` } : null;
};

let handle = null; // the file on the disk, once a person has chosen it
const toDisk = async (text) => {
  handle ??= await window.showSaveFilePicker({
    id: "empathy-decisions",
    suggestedName: fileName(),
    types: [{ description: "Decisions", accept: { "application/json": [".json"] } }],
  });
  const file = await handle.createWritable();
  await file.write(text);
  await file.close();
};
const toDownloads = (text) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = fileName();
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
};

// Return what to say to the person who saves.
const saveDecisions = async () => {
  const text = decisionsText();
  const n = JSON.parse(text).decisions.length;
  if (!n) return "Nothing to save yet: read a passage first.";
  if ("showSaveFilePicker" in window) {
    try {
      await toDisk(text);
      return saved(`${plural(n, "passage")} saved in ${handle.name}.`);
    } catch (error) {
      handle = null;
      if (error.name === "AbortError") return "Not saved. Your answers are still here.";
    }
  }
  toDownloads(text);
  return saved(`${plural(n, "passage")} saved as ${fileName()} in your downloads.`);
};
const saved = (words) => {
  session.isSaved = true;
  keep();
  return words;
};

const isText = (value) => typeof value === "string";
const cleanDecision = (one, when) => ({
  segment_id: one.segment_id,
  fingerprint: isText(one.fingerprint) ? one.fingerprint : "",
  themes: Array.isArray(one.themes) ? one.themes.filter(isText) : [],
  stances: Object.fromEntries(
    Object.entries(one.stances ?? {}).filter(([, stance]) => STANCES.includes(stance)),
  ),
  release: one.release === true,
  care: one.care === true,
  note: isText(one.note) ? one.note : "",
  saw_guess: one.saw_guess === true,
  read_at: isText(one.read_at) && one.read_at ? one.read_at : when,
});
const parsed = (text) => {
  try {
    const told = JSON.parse(text);
    const isOurs = isText(told.reader) && told.reader.trim() && Array.isArray(told.decisions);
    return isOurs && told.decisions.every((one) => isText(one?.segment_id)) ? told : null;
  } catch {
    return null;
  }
};

// Go on from a file; where both know a passage, what was read later counts.
const openDecisions = (text) => {
  const told = parsed(text);
  if (!told) return "This is no file of decisions. Choose one that is called decisions-….json.";
  const mains = Array.isArray(told.asked) ? told.asked : asked;
  if ([...mains].sort().join() !== [...asked].sort().join()) {
    return "This file answers other themes than this page asks. Keep it: the analysis reads it as it is. Here, start afresh.";
  }
  takeUp(told.reader.trim());
  const when = isText(told.saved_at) && told.saved_at ? told.saved_at : now();
  told.decisions.map((one) => cleanDecision(one, when)).forEach(takeInLater);
  keep();
  return "";
};
const takeInLater = (decision) => {
  const n = placeIn(decision);
  if (n === undefined) {
    session.elsewhere = session.elsewhere.filter((one) => one.segment_id !== decision.segment_id);
    session.elsewhere.push(decision);
  } else if (answerOf(n).read_at < decision.read_at) {
    placeDecision(decision);
  }
};
