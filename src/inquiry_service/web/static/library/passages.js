// Beside every passage stands a plain link to it. Here it becomes a small menu: copy the link,
// or the passage with its citation.

import { copy } from "./copying.js";

const OURS = ".permalink, .page-mark, .visually-hidden, .passage-menu";

function words(element) {
  const bare = element.cloneNode(true);
  for (const ours of bare.querySelectorAll(OURS)) ours.remove();
  for (const line of bare.querySelectorAll("br")) line.replaceWith("\n");
  return bare.textContent.replace(/[^\S\n]+/g, " ").trim();
}

function rowsOf(table) {
  const heads = [...table.closest("table").tHead.rows[0].cells].map(words);
  return [...table.rows].map((row) =>
    [...row.cells].map((cell, at) => (heads[at] ? `${heads[at]}：${words(cell)}` : words(cell)))
      .join("；"));
}

function linesOf(piece) {
  if (piece.tagName === "TBODY") return rowsOf(piece);
  if (["UL", "OL"].includes(piece.tagName)) return [...piece.children].map(words);
  return [words(piece)];
}

function quote(passage) {
  const pieces = document.querySelectorAll(`[data-passage="${CSS.escape(passage)}"]`);
  return [...pieces].flatMap(linesOf).join("\n");
}

function addressOf(link, passage) {
  const { address } = link.closest("[data-address]").dataset;
  return `${address}?highlight=${passage}#p-${passage}`;
}

/* The passage word for word, and where it stands. */
export function citation(link, passage) {
  const { named, dated } = link.closest("[data-address]").dataset;
  const where = [`${named}${link.dataset.place}`, dated, addressOf(link, passage)];
  return `“${quote(passage)}”——${where.filter(Boolean).join("，")}`;
}

function button(label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "quiet small";
  made.textContent = label;
  made.addEventListener("click", () => act(made));
  return made;
}

function menuFor(link) {
  const { passage } = link.closest("[data-passage]").dataset;
  const menu = document.createElement("span");
  const status = document.createElement("span");
  menu.className = "passage-menu";
  menu.setAttribute("role", "group");
  menu.setAttribute("aria-label", `引用${link.dataset.place || "这一段"}`);
  status.setAttribute("role", "status");
  menu.append(
    button("复制引文和出处", (pressed) => copy(citation(link, passage), status, pressed)),
    button("复制链接", (pressed) => copy(addressOf(link, passage), status, pressed)),
    status,
  );
  return menu;
}

function close(link) {
  link.setAttribute("aria-expanded", "false");
  link.nextElementSibling?.remove();
}

function closeOthers(kept) {
  for (const open of document.querySelectorAll('.permalink[aria-expanded="true"]'))
    if (open !== kept) close(open);
}

function toggle(link) {
  closeOthers(link);
  if (link.getAttribute("aria-expanded") === "true") return close(link);
  link.setAttribute("aria-expanded", "true");
  const menu = menuFor(link);
  link.after(menu);
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    close(link);
    link.focus();
  });
  menu.querySelector("button").focus();
}

export function ready() {
  // Also when the focus has gone on from an open menu.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeOthers(null);
  });
  for (const link of document.querySelectorAll(".permalink")) {
    link.setAttribute("role", "button");
    link.setAttribute("aria-expanded", "false");
    link.lastChild.data = "引用";
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      toggle(link);
    });
    link.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      toggle(link);
    });
  }
}
