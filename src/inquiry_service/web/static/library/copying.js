// Putting a text on the clipboard, and saying whether that worked.

async function put(text, back) {
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
  back.focus();
  if (!done) throw new Error("not copied");
}

export async function copy(text, status, back) {
  status.textContent = "";
  try {
    await put(text, back);
    status.textContent = "已复制";
  } catch {
    status.textContent = "没能复制，请手动选择文字";
  }
}
