// Comforts of intake and the other pages beside the cases; everything works without them.

const PERSON = "natural_person";

/** Show the fields that the chosen kind of applicant needs. Hidden ones keep and send their text. */
function showGroups(form) {
  const chosen = form.querySelector('input[name="applicant_kind"]:checked')?.value;
  const wanted = chosen && (chosen === PERSON ? "person" : "organisation");
  for (const group of form.querySelectorAll("[data-for]")) {
    group.hidden = Boolean(wanted) && group.dataset.for !== wanted;
  }
}

function watchGroups(form) {
  form.addEventListener("change", () => showGroups(form));
  window.addEventListener("pageshow", () => showGroups(form)); // the browser restored its choice
  showGroups(form);
}

/** A second click on the same button sends nothing; the server would recognise it anyway. */
function sendOnce(form) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  window.addEventListener("pageshow", () => {
    sent = false;
  });
}

for (const form of document.querySelectorAll("form[data-intake]")) watchGroups(form);
for (const form of document.querySelectorAll("form[data-once]")) sendOnce(form);
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
