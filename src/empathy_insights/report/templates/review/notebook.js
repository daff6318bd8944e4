// In a notebook the page stands in a frame, and what it would keep or save goes there.

const tell = (message) => parent.postMessage(message, "*");
const lent = data.inNotebook
  ? await new Promise((resolve) => {
      addEventListener("message", ({ source, data: answer }) => source === parent && resolve(answer));
      tell({ wants: "what was kept" });
    })
  : null;
const notebookShelf = {
  getItem: (key) => lent.kept[key] ?? null,
  setItem: (key, text) => {
    lent.kept[key] = text;
  },
  removeItem: (key) => delete lent.kept[key],
};

let given = "[]"; // the decisions that the notebook has
const handOver = () => {
  const decisions = JSON.stringify(decisionsMade());
  const isNew = decisions !== given;
  given = decisions;
  tell({ kept: lent.kept, decisions: isNew ? decisionsText() : null });
};
const isGiven = () => {
  given = JSON.stringify(decisionsMade());
};
