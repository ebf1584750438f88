// What a reload must not lose: the conversation, the unsent text, the messages not yet delivered.
// Kept for this tab only, because the computer may be a public one.

const KEY = "inquiry.chat";
const EMPTY = { conversation: null, draft: "", outbox: [] };

export function recall() {
  try {
    return { ...EMPTY, ...JSON.parse(sessionStorage.getItem(KEY) ?? "{}") };
  } catch {
    return { ...EMPTY };
  }
}

export function keep(changes) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ ...recall(), ...changes }));
  } catch {
    // Storage may be switched off: the chat works, it only forgets on reload.
  }
}

export function forget() {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // As above.
  }
}
