(() => {
  const data = JSON.parse(document.getElementById("passages").textContent);
  const { passages, codings, facets, themes, shared, team, transcripts } = data;
  const PAGE = 50;
  const themeAt = new Map(themes.map((theme, n) => [theme.id, n]));
  const codingsOf = passages.id.map(() => []);
  codings.passage.forEach((passage, coding) => codingsOf[passage].push(coding));
  const named = (value) => value.replaceAll("_", " ");

  // What a filter wants: { theme, stance, coded, and any facet: its value }.
  const find = (filter) => {
    const wanted = Object.keys(facets).filter((name) => name in filter);
    const places = wanted.map((name) => facets[name].indexOf(filter[name]));
    const theme = "theme" in filter ? themeAt.get(filter.theme) : -1;
    const isCoding = (n) =>
      (theme === -1 || codings.theme[n] === theme) &&
      (!filter.stance || [filter.stance, "mixed"].includes(shared[codings.stance[n]]));
    const needsCoding = theme !== -1 || filter.stance || filter.coded;
    const found = [];
    codingsOf.forEach((all, passage) => {
      if (wanted.some((name, n) => passages[name][passage] !== places[n])) return;
      const marks = all.filter(isCoding);
      if (needsCoding && !marks.length) return;
      found.push({ passage, marks });
    });
    return found;
  };
  const isKnown = ({ passage }) => !team || passages.known[passage] === 1;
  const isOpen = ({ passage }) => passages.text[passage] !== null;

  // Offsets count characters as Python does, so that an emoji is one.
  const marked = (text, marks) => {
    const points = Array.from(text);
    const spans = marks
      .map((n) => [codings.first[n], codings.last[n]])
      .filter(([first, last]) => first < last)
      .sort((a, b) => a[0] - b[0]);
    const said = element("bdi");
    let end = 0;
    for (const [first, last] of spans) {
      if (last <= end) continue;
      const start = Math.max(first, end);
      said.append(points.slice(end, start).join(""));
      said.append(element("mark", points.slice(start, last).join("")));
      end = last;
    }
    said.append(points.slice(end).join(""));
    return said;
  };

  const placeOf = (passage) => {
    if (!transcripts) return passages.place[passage];
    const link = element("a", passages.place[passage]);
    link.href = `${transcripts}#t${passages.turn[passage]}`;
    return link;
  };

  const item = ({ passage, marks }) => {
    const quote = element("blockquote");
    const asked = team ? shared[passages.question[passage]] : "";
    if (asked) {
      const line = element("p", "Asked: ", "asked");
      line.append(element("bdi", asked));
      quote.append(line);
    }
    quote.append(marked(passages.text[passage], marks));
    const foot = element("div", "", "foot");
    foot.append(shared[passages.who[passage]]);
    if (team) foot.append(", ", placeOf(passage));
    foot.append(` [${passages.id[passage]}]`);
    for (const n of marks) {
      const stance = team ? shared[codings.stance[n]] : "";
      const about = stance && stance !== "neutral" ? ` (${stance === "asset" ? "strength" : stance})` : "";
      const why = `${themes[codings.theme[n]].name}${about}: ${shared[codings.why[n]]}`;
      foot.append(element("span", why, "why"));
    }
    quote.append(foot);
    const made = element("li");
    made.append(quote);
    return made;
  };

  // A long list is drawn in parts, so that it opens at once.
  const fill = (list, more, found, first) => {
    let drawn = 0;
    const draw = (n) => {
      const next = found.slice(drawn, drawn + n);
      list.append(...next.map(item));
      drawn += next.length;
      more.hidden = drawn >= found.length;
      more.textContent = `Show more (${plural(found.length - drawn, "passage")} left)`;
    };
    list.replaceChildren();
    more.onclick = () => {
      const at = drawn;
      draw(PAGE);
      const fresh = list.children[at];
      fresh.tabIndex = -1;
      fresh.focus();
    };
    draw(first);
  };

  const drawer = byId("drawer");
  const note = (filter, found, open, unknown) => {
    const told = [`${plural(open.length, "passage")}.`];
    if (unknown) {
      told.push(`${plural(unknown, "passage")} by voices nobody could tell apart: they count as no person.`);
    }
    const kept = found.length - open.length;
    if (team && kept) {
      told.push(`${kept} more ${kept === 1 ? "is" : "are"} counted and kept back: a person must release ${kept === 1 ? "it" : "them"} first.`);
    }
    if (!team && themes[themeAt.get(filter.theme)].withheld) {
      told.push("Some more may be counted but not shown.");
    }
    if (!team && "role" in filter) {
      told.push("Passages whose role stays hidden are listed under the number of the whole theme.");
    }
    return told.join(" ");
  };
  const openDrawer = (link) => {
    const filter = JSON.parse(link.dataset.show);
    const all = find(filter);
    const people = all.filter(isKnown);
    const found = people.length ? people : all;
    const open = found.filter(isOpen);
    byId("drawer-title").textContent = link.dataset.title;
    byId("drawer-note").textContent = note(filter, found, open, all.length - people.length);
    fill(byId("drawer-list"), byId("drawer-more"), open, PAGE);
    drawer.showModal();
    drawer.scrollTop = 0;
    byId("drawer-title").focus();
  };
  document.querySelectorAll("a.number").forEach((link) => {
    link.setAttribute("role", "button");
    link.setAttribute("aria-haspopup", "dialog");
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.number");
    if (link) {
      event.preventDefault();
      openDrawer(link);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === " " && event.target.matches("a.number")) {
      event.preventDefault();
      openDrawer(event.target);
    }
  });
  byId("drawer-close").addEventListener("click", () => drawer.close());
  drawer.addEventListener("click", (event) => {
    if (event.target === drawer) drawer.close();
  });

  const form = byId("filters");
  const choice = (name, label, options) => {
    if (options.length < 2) return;
    const box = element("label", label);
    const select = element("select");
    select.name = name;
    select.append(new Option("all", ""));
    options.forEach(([value, text]) => select.append(new Option(text, value)));
    box.append(select);
    form.append(box);
  };
  const stances = () => {
    const group = element("fieldset");
    group.append(element("legend", "Speaks of"));
    for (const [value, text] of [["", "all"], ["need", "a need"], ["asset", "a strength"]]) {
      const box = element("label");
      const radio = element("input");
      Object.assign(radio, { type: "radio", name: "stance", value, checked: !value });
      box.append(radio, ` ${text}`);
      group.append(box);
    }
    form.append(group);
  };
  const words = () => {
    const box = element("label", "Words");
    const input = element("input");
    Object.assign(input, { type: "search", name: "words" });
    box.append(input);
    form.append(box);
  };
  words();
  choice("theme", "Theme", themes.map(({ id, name }) => [id, name]));
  for (const [name, label] of [["role", "Role"], ["round", "Round"], ["site", "Site"]]) {
    choice(name, label, (facets[name] || []).map((value) => [value, named(value)]));
  }
  if (team && codings.stance.some((n) => shared[n])) stances();
  const browse = () => {
    const filter = { coded: true };
    new FormData(form).forEach((value, name) => {
      if (value) filter[name] = value;
    });
    const wanted = (filter.words || "").toLowerCase().split(/\s+/);
    const hasAll = ({ passage }) => wanted.every((word) => passages.text[passage].toLowerCase().includes(word));
    const open = find(filter).filter(isOpen).filter(hasAll);
    byId("shown").textContent = `${plural(open.length, "passage")} found.`;
    fill(byId("list"), byId("list-more"), open, 5);
  };
  form.addEventListener("input", browse);
  form.addEventListener("submit", (event) => event.preventDefault());
  document.querySelectorAll(".scripted").forEach((part) => {
    part.hidden = false;
  });
  browse();
})();
