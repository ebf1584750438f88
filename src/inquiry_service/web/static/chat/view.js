// From messages and typed replies to elements. Text is only ever set as text.

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name === "onclick") made.addEventListener("click", value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

const spoken = (text) => element("span", { class: "visually-hidden" }, text);

export function said(text) {
  const bubble = element("div", { class: "bubble" }, spoken("您说："), text);
  return element("li", { class: "turn said" }, bubble);
}

// Marks how far a message has come. `retry` and `edit` are offered on one that failed.
export function mark(item, state, { reason = "", again = true, retry, edit } = {}) {
  item.dataset.state = state;
  item.querySelector(".delivery")?.remove();
  if (state === "sending") {
    item.append(element("p", { class: "delivery" }, "正在发送…"));
  }
  if (state === "failed") {
    const first = again
      ? element("button", { type: "button", class: "small", onclick: retry }, "重新发送")
      : null;
    const second = element(
      "button", { type: "button", class: "small quiet", onclick: edit }, "修改");
    item.append(element("div", { class: "delivery" }, element("p", {}, reason), first, second));
  }
}

export function replied(replies, choose, { embedded = false } = {}) {
  const parts = replies.map((reply) => PARTS[reply.kind]?.(reply, { choose, embedded }) ?? null);
  return element("li", { class: "turn replied" }, spoken("回答："), ...parts);
}

const PARTS = {
  text: ({ text }) => element("p", { class: "bubble" }, text),
  citation: quoteCard,
  choices: choiceList,
  link: ({ label, url }, { embedded }) =>
    element("p", { class: "way-on" }, anchor(url, label, { embedded, class: "button" })),
};

function anchor(url, label, { embedded, ...attributes }) {
  const safe = /^(https?:\/\/|\/(?!\/))/.test(url) ? url : "#";
  const outside = embedded ? { target: "_blank", rel: "noopener" } : {};
  const link = element("a", { href: safe, ...outside, ...attributes }, label);
  if (embedded) link.append(spoken("（在新窗口打开）"));
  return link;
}

function quoteCard({ quote, source_line, url, passage, note }, { embedded }) {
  const source = element("cite", {}, anchor(url, source_line, { embedded }));
  const card = element(
    "figure",
    { class: "quote-card" },
    element("p", { class: "quote-label" }, "逐字引用"),
    element("blockquote", { cite: url }, quote),
    element("figcaption", {}, "出处：", source),
    note ? element("p", { class: "quote-note" }, note) : null,
  );
  if (passage && passage.trim() !== quote.trim()) {
    card.append(
      element(
        "details",
        {},
        element("summary", {}, "看全文段落"),
        element("p", { class: "passage-text" }, ...around(passage, quote)),
      ),
    );
  }
  return card;
}

// The passage with its quote marked where it stands.
function around(passage, quote) {
  const start = passage.indexOf(quote);
  if (start < 0) return [passage];
  const end = start + quote.length;
  return [passage.slice(0, start), element("mark", {}, quote), passage.slice(end)];
}

function choiceList({ prompt, options }, { choose }) {
  const buttons = options.map(({ label, send }) =>
    element("button", {
      type: "button",
      class: "quiet choice-button",
      onclick: (event) => {
        const taken = choose(send, label);
        if (taken) settle(event.currentTarget);
      },
    }, label),
  );
  const items = buttons.map((button) => element("li", {}, button));
  return element(
    "div",
    { class: "choices", role: "group", "aria-label": prompt || "请选择" },
    prompt ? element("p", { "aria-hidden": "true" }, prompt) : null,
    element("ul", {}, ...items),
  );
}

function settle(chosen) {
  for (const button of chosen.closest(".choices").querySelectorAll("button")) {
    button.setAttribute("aria-disabled", "true");
    button.setAttribute("aria-pressed", String(button === chosen));
  }
}
