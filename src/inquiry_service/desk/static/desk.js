// Help at the desk; everything works without it.

const KEPT = "inquiry-desk-reply:";

/** Show the remedy paragraph that belongs to the chosen outcome. */
function showRemedy(form) {
  const chosen = form.elements.outcome_code.value;
  for (const remedy of form.querySelectorAll("[data-remedy]")) {
    remedy.hidden = remedy.dataset.remedy !== chosen;
  }
}

/** A reply survives a session that ends while it is written: this tab keeps it until it is sent. */
function keepReply(form) {
  const name = KEPT + form.dataset.reply;
  const text = form.elements.text;
  if (!text.value) text.value = sessionStorage.getItem(name) ?? "";
  text.addEventListener("input", () => sessionStorage.setItem(name, text.value));
}

function forgetReplies(wanted) {
  for (const name of Object.keys(sessionStorage)) {
    if (name.startsWith(KEPT) && wanted(name.slice(KEPT.length))) sessionStorage.removeItem(name);
  }
}

for (const form of document.querySelectorAll("form[data-reply]")) {
  form.addEventListener("change", () => showRemedy(form));
  window.addEventListener("pageshow", () => showRemedy(form));
  keepReply(form);
}
for (const sent of document.querySelectorAll("[data-sent]")) {
  forgetReplies((number) => number === sent.dataset.sent);
}
for (const leaving of document.querySelectorAll("form[data-leaving]")) {
  leaving.addEventListener("submit", () => forgetReplies(() => true));
}
document.getElementById("problems")?.focus();
