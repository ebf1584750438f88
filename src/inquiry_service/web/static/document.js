// A document's page: landing on the cited passage, copying citations, printing.

import { copy } from "./library/copying.js";
import { citation, ready } from "./library/passages.js";

const tools = document.querySelector("[data-tools]");
const body = document.querySelector(".document-body");
const gone = document.querySelector("[data-gone]");
const printDay = document.querySelector("[data-print-day]");

/* How to cite the document; with the passage when one is marked. */
function ofDocument() {
  const marked = document.querySelector(".cited .permalink");
  if (marked) return citation(marked, marked.closest("[data-passage]").dataset.passage);
  const { named, dated, address } = body.dataset;
  return [named, dated, address].filter(Boolean).join("，");
}

/* Screen readers go on reading where the focus is, not where the page was scrolled to. */
function land() {
  const id = decodeURIComponent(location.hash.slice(1));
  const target = id.startsWith("p-") ? document.getElementById(id) : null;
  if (id.startsWith("p-") && !target) gone.hidden = false;
  const place = target ?? document.querySelector(".cited[id]");
  const notice = gone.hidden ? null : gone;
  const shown = place ?? notice;
  if (!shown) return;
  shown.tabIndex = -1;
  shown.focus({ preventScroll: true });
  shown.scrollIntoView({ block: notice === shown ? "start" : "center" });
}

if (tools) {
  const status = tools.querySelector("[data-copy-status]");
  tools.hidden = false;
  tools.querySelector("[data-copy-document]").addEventListener("click", (event) => {
    copy(ofDocument(), status, event.currentTarget);
  });
  tools.querySelector("[data-print]").addEventListener("click", () => window.print());
}

window.addEventListener("beforeprint", () => {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  printDay.textContent = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
});
window.addEventListener("hashchange", land);
ready();
land();
