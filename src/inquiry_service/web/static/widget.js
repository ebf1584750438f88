// The chat on another site: a button, and the chat in a frame when it is pressed.
//
//   <script src="https://…/widget.js" defer data-label="咨询" data-position="left"></script>
//
// data-label: text of the button; data-title: name of the window; data-position: right or left.
// Styles live in a shadow tree and are set through the style sheet interface, so neither site
// disturbs the other and a strict Content-Security-Policy of the host needs only
// script-src and frame-src for this origin.

(() => {
  const script = document.currentScript;
  const origin = new URL(script.src).origin;
  const label = script.dataset.label || "在线咨询";
  const title = script.dataset.title || "政务公开咨询";
  const side = script.dataset.position === "left" ? "left" : "right";

  const STYLES = `
    :host { all: initial; }
    * { box-sizing: border-box; font-family: system-ui, "PingFang SC", "Microsoft YaHei",
      "Noto Sans CJK SC", sans-serif; }
    [hidden] { display: none !important; }
    button { font-size: 18px; line-height: 1.4; cursor: pointer; }
    button:focus-visible { outline: 3px solid #ffbf47; outline-offset: 2px; }
    .open { position: fixed; bottom: 20px; ${side}: 20px; z-index: 2147483000; min-height: 52px;
      padding: 10px 24px; border: 2px solid #fff; border-radius: 99px; background: #15568f;
      color: #fff; font-weight: 600; box-shadow: 0 4px 16px rgb(0 0 0 / 30%); }
    .open:hover { background: #0e416e; }
    .window { position: fixed; bottom: 20px; ${side}: 20px; z-index: 2147483001; width: 430px;
      height: min(700px, calc(100vh - 40px)); max-width: calc(100vw - 40px); display: flex;
      flex-direction: column; border: 1px solid #7a8796; border-radius: 12px; overflow: hidden;
      background: #fff; box-shadow: 0 8px 40px rgb(0 0 0 / 35%); }
    .bar { display: flex; align-items: center; justify-content: space-between; gap: 12px;
      padding: 6px 6px 6px 18px; background: #15568f; color: #fff; font-size: 18px;
      font-weight: 600; }
    .close { min-width: 44px; min-height: 44px; padding: 0 14px; border: 0; border-radius: 8px;
      background: transparent; color: #fff; }
    .close:hover { background: #0e416e; }
    iframe { flex: 1; width: 100%; border: 0; }
    @media (max-width: 520px) {
      .window { inset: 0; width: auto; height: auto; max-width: none; border: 0; border-radius: 0; }
    }
    @media print { .open, .window { display: none; } }
  `;

  const host = document.createElement("div");
  const tree = host.attachShadow({ mode: "open" });
  dress(tree);

  const open = document.createElement("button");
  open.type = "button";
  open.className = "open";
  open.textContent = label;
  open.setAttribute("aria-haspopup", "dialog");
  open.setAttribute("aria-expanded", "false");

  const panel = document.createElement("div");
  panel.className = "window";
  panel.hidden = true;
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-label", title);

  const bar = document.createElement("div");
  bar.className = "bar";
  const name = document.createElement("span");
  name.textContent = title;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "close";
  close.textContent = "关闭";
  bar.append(name, close);
  panel.append(bar);
  tree.append(open, panel);

  let frame = null;

  function dress(root) {
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLES);
      root.adoptedStyleSheets = [sheet];
    } catch {
      const style = document.createElement("style"); // browsers without constructed sheets
      style.textContent = STYLES;
      root.append(style);
    }
  }

  // The frame is made at the first opening: a page whose visitors never ask loads nothing.
  function framed() {
    const made = document.createElement("iframe");
    made.src = `${origin}/chat?embed=1`;
    made.title = title;
    made.addEventListener("load", greet);
    panel.append(made);
    return made;
  }

  function greet() {
    frame.focus();
    frame.contentWindow.postMessage({ inquiry: "opened" }, origin);
  }

  function show() {
    panel.hidden = false;
    open.hidden = true;
    open.setAttribute("aria-expanded", "true");
    if (frame) greet();
    else {
      frame = framed();
      close.focus();
    }
  }

  function hide() {
    panel.hidden = true;
    open.hidden = false;
    open.setAttribute("aria-expanded", "false");
    open.focus();
  }

  open.addEventListener("click", show);
  close.addEventListener("click", hide);
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  addEventListener("message", (event) => {
    const ours = frame && event.source === frame.contentWindow && event.origin === origin;
    if (ours && event.data?.inquiry === "close") hide();
  });

  if (document.body) document.body.append(host);
  else addEventListener("DOMContentLoaded", () => document.body.append(host));
})();
