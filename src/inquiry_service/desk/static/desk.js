// Help at the desk; everything works without it.

const KEPT = "inquiry-desk-form:";

/** Everything typed into a form, by name; never its keys or files. */
function typedInto(form) {
  const kept = {};
  for (const field of form.elements) {
    if (!field.name || ["hidden", "file", "submit", "password"].includes(field.type)) continue;
    if (["radio", "checkbox"].includes(field.type) && !field.checked) continue;
    kept[field.name] = field.value;
  }
  return kept;
}

function typeInto(form, kept) {
  for (const field of form.elements) {
    if (!(field.name in kept) || ["hidden", "file"].includes(field.type)) continue;
    if (["radio", "checkbox"].includes(field.type)) field.checked = field.value === kept[field.name];
    else field.value = kept[field.name];
  }
}

/**
 * What is written survives a session that ends meanwhile: this tab keeps it for the same version of
 * the case, and forgets it once the case has moved on.
 */
function keep(form) {
  const name = `${KEPT}${form.getAttribute("action")}:${form.dataset.kept}`;
  const version = form.elements.version.value;
  const before = JSON.parse(sessionStorage.getItem(name) ?? "null");
  if (before?.version === version) typeInto(form, before.typed);
  else sessionStorage.removeItem(name);
  form.addEventListener("input", () => {
    sessionStorage.setItem(name, JSON.stringify({ version, typed: typedInto(form) }));
  });
}

function forgetAll() {
  for (const name of Object.keys(sessionStorage)) {
    if (name.startsWith(KEPT)) sessionStorage.removeItem(name);
  }
}

for (const form of document.querySelectorAll("form[data-kept]")) keep(form);
for (const leaving of document.querySelectorAll("form[data-leaving]")) {
  leaving.addEventListener("submit", forgetAll);
}
document.getElementById("problems")?.focus();
