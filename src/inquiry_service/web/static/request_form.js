// Small comforts of the request pages; everything works without them.

const PERSON = "natural_person";

/** Show the fields that the chosen kind of applicant needs. Hidden ones keep and send their text. */
function showGroups(form) {
  const chosen = form.querySelector('input[name="applicant_kind"]:checked')?.value;
  const wanted = chosen && (chosen === PERSON ? "person" : "organisation");
  for (const group of form.querySelectorAll("[data-for]")) {
    group.hidden = group.dataset.for !== wanted;
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

/** A file that is too large is said so before it travels; the server says it again. */
function weighFiles(form) {
  const input = form.querySelector('input[type="file"]');
  const error = form.querySelector("#file-error");
  const most = Number(form.dataset.files);
  input.addEventListener("change", () => {
    const large = [...input.files].filter((file) => file.size > most).map((file) => `“${file.name}”`);
    error.textContent = large.length
      ? `${large.join("、")}超过 ${most / 1048576} MB，请压缩或者拆开后重新选择。`
      : "";
    error.hidden = large.length === 0;
    input.setCustomValidity(error.textContent);
  });
}

function offerPrinting(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

/** A look-up code that came in the address is taken out of it, and so out of the history. */
function hideCode() {
  const address = new URL(location.href);
  if (!address.searchParams.has("code")) return;
  address.searchParams.delete("code");
  history.replaceState(null, "", address);
}

for (const form of document.querySelectorAll("form[data-request]")) watchGroups(form);
for (const form of document.querySelectorAll("form[data-once]")) sendOnce(form);
for (const form of document.querySelectorAll("form[data-files]")) weighFiles(form);
for (const button of document.querySelectorAll("[data-print]")) offerPrinting(button);
hideCode();
(document.getElementById("problems") ?? document.getElementById("done"))?.focus();
