// The place to type: Enter sends, Shift+Enter breaks the line, a composition is left alone.

import { keep } from "./memory.js";

const TALLEST = 180;

// `submit(text)` returns whether the text was taken; only then is the place emptied.
export function composer(form, submit) {
  const input = form.querySelector("textarea");
  const hint = form.querySelector("[data-hint]");
  let composition = false;

  function put(text) {
    if (input.value !== text) input.value = text;
    remember();
  }

  function remember() {
    keep({ draft: input.value });
    input.style.height = "auto";
    input.style.height = `${Math.min(input.scrollHeight + 4, TALLEST)}px`;
  }

  function complain(fault) {
    hint.textContent = fault;
    hint.classList.toggle("error", Boolean(fault));
    input.removeAttribute("aria-invalid");
    if (!fault) return;
    input.setAttribute("aria-invalid", "true");
    input.focus();
  }

  // The Enter that ends a composition chooses a word; some browsers end it before that key,
  // and only the old key code tells.
  const underway = (event) => composition || event.isComposing || event.keyCode === 229;

  function send() {
    if (!submit(input.value)) return;
    put("");
    input.focus();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  input.addEventListener("compositionstart", () => (composition = true));
  input.addEventListener("compositionend", () => setTimeout(() => (composition = false)));
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || underway(event)) return;
    event.preventDefault();
    send();
  });
  input.addEventListener("input", () => {
    remember();
    complain("");
  });

  return {
    put,
    complain,
    underway,
    focus: () => input.focus(),
    get text() {
      return input.value;
    },
  };
}
