// The themes: big toggles, what each means, and how people speak of it.

const SIGNS = [..."1234567890abdefhijklmopqtvxyz"]; // the other letters are keys of their own
const signOf = (n) => SIGNS[n] ?? "";

const makeTile = (theme, n) => {
  const tile = element("button", "", "toggle");
  tile.type = "button";
  tile.dataset.theme = n;
  tile.setAttribute("aria-pressed", "false");
  tile.append(element("span", theme.name, "name"));
  if (theme.brief) tile.append(element("span", theme.brief, "brief"));
  const sign = element("kbd", signOf(n), "sign");
  sign.setAttribute("aria-hidden", "true");
  if (signOf(n)) tile.append(sign);
  const why = element("button", "?", "why");
  why.type = "button";
  why.dataset.about = n;
  why.setAttribute("aria-label", `What “${theme.name}” means`);
  why.setAttribute("aria-haspopup", "dialog");
  const item = element("li");
  item.append(tile, why);
  return item;
};
const drawTiles = () => {
  byId("themes").append(...themes.map(makeTile));
  byId("find-box").hidden = themes.length <= 8;
};

const words = themes.map((theme) =>
  [theme.name, theme.brief, theme.definition, ...theme.parts].join(" ").toLowerCase(),
);
const filterTiles = () => {
  const wanted = byId("find").value.trim().toLowerCase();
  const items = [...byId("themes").children];
  items.forEach((item, n) => {
    item.hidden = !words[n].includes(wanted);
  });
  byId("none-found").hidden = items.some((item) => !item.hidden);
};
const firstFound = () => [...byId("themes").children].findIndex((item) => !item.hidden);

const listOf = (title, lines) => {
  if (!lines.length) return [];
  const list = element("ul");
  list.append(...lines.map((line) => element("li", line)));
  return [element("h3", title), list];
};
const instead = (text, name) => (name ? `${text} Then it is “${name}”.` : text);
const showAbout = (theme) => {
  byId("about-name").textContent = theme.name;
  const near = theme.near.map(([text, why, name]) =>
    instead(why ? `“${text}” (${why}).` : `“${text}”`, name),
  );
  byId("about-text").replaceChildren(
    element("p", theme.definition || theme.brief || "The codebook says no more about it."),
    ...listOf("It includes", theme.parts),
    ...listOf("Choose it when", theme.use),
    ...listOf("Do not choose it when", theme.not.map(([text, name]) => instead(text, name))),
    ...listOf("For example", theme.examples.map((text) => `“${text}”`)),
    ...listOf("It sounds like it, and is not", near),
  );
  openDialog("about");
};

const drawThemes = (n) => {
  const answer = answerOf(n);
  for (const tile of byId("themes").querySelectorAll(".toggle")) {
    const isOn = isChosen(answer, themes[tile.dataset.theme].id);
    tile.setAttribute("aria-pressed", String(isOn));
  }
  const chosen = [...themes.keys()].filter((place) => isChosen(answer, themes[place].id));
  byId("chosen").hidden = !chosen.length;
  drawStances(chosen, answer);
};
// Rows stay while the same themes are chosen, and with them the focus.
const drawStances = (chosen, answer) => {
  const box = byId("stances");
  if (box.dataset.of !== chosen.join()) box.replaceChildren(...chosen.map(stanceRow));
  box.dataset.of = chosen.join();
  for (const button of box.querySelectorAll("button")) {
    const isOn = answer.stances[themes[button.dataset.of].id] === button.dataset.stance;
    button.setAttribute("aria-pressed", String(isOn));
  }
};
const stanceRow = (place) => {
  const theme = themes[place];
  const row = element("div", "", "stance");
  row.setAttribute("role", "group");
  row.setAttribute("aria-label", `${theme.name}: a need, a strength, or both?`);
  const buttons = element("div", "", "segments");
  for (const stance of STANCES) {
    const button = element("button", STANCE_NAMES[stance]);
    button.type = "button";
    button.dataset.stance = stance;
    button.dataset.of = place;
    buttons.append(button);
  }
  row.append(element("span", theme.name, "name"), buttons);
  return row;
};
const nextStance = (n, theme) => {
  const steps = [...STANCES, ""];
  const at = steps.indexOf(answerOf(n).stances[theme.id] ?? "");
  return steps[(at + 1) % steps.length];
};
