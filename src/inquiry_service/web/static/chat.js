// The chat: what is typed becomes a message, kept until it is delivered, and its replies are shown.

import { forget, keep, recall } from "./chat/memory.js";
import { listen, openConversation, sendMessage, Undelivered } from "./chat/wire.js";
import { mark, replied, said } from "./chat/view.js";
import { composer } from "./chat/composer.js";

const root = document.querySelector("[data-chat]");
const log = root.querySelector("[data-log]");
const composing = composer(root.querySelector("[data-composer]"), submit);
const thinking = root.querySelector("[data-thinking]");
const offline = root.querySelector("[data-offline]");
const welcome = root.querySelector("[data-welcome]");
const embedded = root.hasAttribute("data-embedded");
const longest = Number(root.dataset.longest);

let { conversation, outbox } = recall();
let opening = null;
let owner = "bot";
let lastTurn = 0;
let listening = null;
let sending = Promise.resolve();
let waiting = 0;
let round = 0; // grows with every new conversation: late replies to an old one are dropped
const shown = new Set();

// --- saying something ---

function submit(text) {
  const trimmed = text.trim();
  const fault = !trimmed
    ? "请先输入您的问题。"
    : trimmed.length > longest
      ? `一条消息最多 ${longest} 个字，现在有 ${trimmed.length} 个字，请分几条发送。`
      : "";
  composing.complain(fault);
  if (fault) return false;
  const message = { id: newId(), text: trimmed };
  outbox = [...outbox, message];
  keep({ outbox });
  deliver(message, show(message));
  return true;
}

function show(message) {
  const item = said(message.text);
  append(item);
  return item;
}

// Messages go out one after another, so that their order is that of the typing.
function deliver(message, item) {
  mark(item, "sending");
  busy(+1);
  sending = sending.then(() => attempt(message, item)).finally(() => busy(-1));
  return sending;
}

async function attempt(message, item) {
  const begun = round;
  try {
    const taken = await speak(message);
    if (begun !== round) return;
    settled(message, item);
    receive(taken, item);
  } catch (fault) {
    if (!(fault instanceof Undelivered)) throw fault;
    if (begun !== round) return;
    mark(item, "failed", {
      reason: fault.message,
      again: fault.again,
      retry: () => {
        composing.focus();
        deliver(message, item);
      },
      edit: () => takeBack(message, item),
    });
    follow(item);
  }
}

async function speak(message) {
  const held = await conversationOf();
  try {
    return await sendMessage(held, message);
  } catch (fault) {
    if (fault.status !== 404) throw fault;
    conversation = null; // the service no longer knows it: begin another and say it there
    return sendMessage(await conversationOf(), message);
  }
}

async function conversationOf() {
  if (conversation) return conversation;
  opening ??= openConversation().finally(() => (opening = null));
  conversation = await opening;
  lastTurn = 0;
  keep({ conversation });
  return conversation;
}

function settled(message, item) {
  outbox = outbox.filter(({ id }) => id !== message.id);
  keep({ outbox });
  mark(item, "sent");
}

function takeBack(message, item) {
  settled(message, item);
  item.remove();
  composing.put(composing.text ? `${message.text}\n${composing.text}` : message.text);
  composing.focus();
}

function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // plain http has no randomUUID
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// --- hearing replies ---

function receive(taken, item) {
  owner = taken.owner;
  if (shown.has(taken.turn_id)) {
    item.remove(); // already shown from the history: the answer to an earlier try was lost
    return;
  }
  shown.add(taken.turn_id);
  lastTurn = Math.max(lastTurn, taken.turn_id);
  if (taken.replies.length) append(replied(taken.replies, choose, { embedded }));
  attend();
}

function choose(send) {
  const done = submit(send);
  if (done) composing.focus();
  return done;
}

function heard(name, data) {
  if (name === "turn" && !shown.has(data.turn_id)) {
    shown.add(data.turn_id);
    lastTurn = Math.max(lastTurn, data.turn_id);
    append(said(data.said));
    if (data.replies.length) append(replied(data.replies, choose, { embedded }));
  }
  if (name === "state") owner = data.owner;
  return name === "state" && !attended();
}

const attended = () => owner === "queue" || owner === "staff";

// While a person answers, their words come by the stream; the bot's come with the request.
function attend() {
  if (!attended() || listening) return;
  listening = new AbortController();
  listen(conversation, lastTurn, heard, listening.signal)
    .catch(() => {})
    .finally(() => {
      listening = null;
      setTimeout(attend, 3000);
    });
}

async function restore() {
  const undelivered = outbox; // what is said meanwhile is on its way already
  if (conversation) {
    log.setAttribute("aria-busy", "true");
    try {
      await listen(conversation, 0, heard);
    } catch (fault) {
      if (fault.status === 404) {
        conversation = null;
        keep({ conversation });
      }
    }
    log.removeAttribute("aria-busy");
  }
  for (const message of undelivered) {
    const item = show(message);
    const ways = { retry: () => deliver(message, item), edit: () => takeBack(message, item) };
    mark(item, "failed", { reason: "这条消息还没有发送成功。", ...ways });
  }
  attend();
}

// --- the page ---

function append(item) {
  welcome.hidden = true;
  log.append(item);
  follow(item);
}

function follow(item) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  item.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
}

function busy(change) {
  waiting += change;
  thinking.hidden = waiting === 0;
  if (waiting) follow(thinking);
}

document.addEventListener("keydown", (event) => {
  if (embedded && event.key === "Escape" && !composing.underway(event)) {
    parent.postMessage({ inquiry: "close" }, "*");
  }
});
addEventListener("message", (event) => {
  if (embedded && event.source === parent && event.data?.inquiry === "opened") composing.focus();
});

root.querySelector("[data-anew]").addEventListener("click", () => {
  listening?.abort();
  forget();
  round += 1;
  conversation = null;
  outbox = [];
  owner = "bot";
  lastTurn = 0;
  shown.clear();
  log.replaceChildren();
  welcome.hidden = false;
  composing.put("");
  composing.complain("");
  composing.focus();
});

for (const button of root.querySelectorAll("[data-say]")) {
  button.addEventListener("click", () => choose(button.dataset.say));
}

const tellOffline = () => (offline.hidden = navigator.onLine);
addEventListener("online", tellOffline);
addEventListener("offline", tellOffline);
tellOffline();

composing.put(composing.text || recall().draft); // somebody may have begun typing already
await restore();
const asked = new URLSearchParams(location.search).get("q");
if (asked?.trim()) {
  const address = new URL(location.href);
  address.searchParams.delete("q");
  history.replaceState(null, "", address); // a reload must not ask again
  if (!submit(asked)) composing.put(asked);
}
root.dataset.ready = "";
if (!embedded && matchMedia("(pointer: fine)").matches) composing.focus();
