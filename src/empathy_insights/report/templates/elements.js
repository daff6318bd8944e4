// What every page is built with.

"use strict";

const byId = (id) => document.getElementById(id);
const element = (name, text = "", className = "") => {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
};
const plural = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;
