// A document's page: copying its citation, together with the cited passage when there is one.

const area = document.querySelector("[data-copy-area]");
const button = area?.querySelector("[data-copy]");
const status = area?.querySelector("[data-copy-status]");

function citation() {
  const cited = [...document.querySelectorAll(".cited")]
    .map((piece) => piece.innerText.replace(/^所引段落：/, "").trim())
    .join("\n");
  return cited ? `“${cited}”\n——${button.dataset.copy}` : button.dataset.copy;
}

async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) {
    return navigator.clipboard.writeText(text);
  }
  // Plain http on an inner network has no clipboard interface.
  const carrier = document.createElement("textarea");
  carrier.value = text;
  carrier.className = "visually-hidden";
  document.body.append(carrier);
  carrier.select();
  const done = document.execCommand("copy");
  carrier.remove();
  button.focus();
  if (!done) throw new Error("not copied");
}

if (button) {
  area.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await copy(citation());
      status.textContent = "已复制";
    } catch {
      status.textContent = "没能复制，请手动选择文字";
    }
  });
}
