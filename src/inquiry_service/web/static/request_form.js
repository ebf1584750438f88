// Small comforts of the application form; everything works without them.

const PERSON = "natural_person";

/** Show the group of fields that the chosen kind of applicant needs; without a choice, both. */
function showGroups(form) {
  const chosen = form.querySelector('input[name="applicant_kind"]:checked')?.value;
  for (const group of form.querySelectorAll("[data-for]")) {
    const forPerson = group.dataset.for === PERSON;
    group.hidden = Boolean(chosen) && forPerson !== (chosen === PERSON);
  }
}

function watchGroups(form) {
  for (const radio of form.querySelectorAll('input[name="applicant_kind"]')) {
    radio.addEventListener("change", () => showGroups(form));
  }
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

for (const form of document.querySelectorAll("form[data-keep]")) watchGroups(form);
for (const form of document.querySelectorAll("form[data-once]")) sendOnce(form);
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
document.getElementById("problems")?.focus();
