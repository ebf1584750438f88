// The chat's way to the service. A failure is told as a sentence, and whether trying again helps.

const PATIENCE = 30000;

export class Undelivered extends Error {
  constructor(message, { status = 0, again = true } = {}) {
    super(message);
    this.status = status;
    this.again = again;
  }
}

export function openConversation() {
  return call("/api/v1/conversations", {});
}

export function sendMessage(conversation, { id, text }) {
  const path = `/api/v1/conversations/${conversation.conversation_id}/messages`;
  return call(path, { text, client_message_id: id }, conversation.token);
}

async function call(path, payload, token) {
  const headers = { "Content-Type": "application/json" };
  if (token) headers.Authorization = `Bearer ${token}`;
  let response;
  try {
    response = await fetch(path, {
      method: "POST",
      headers,
      body: JSON.stringify(payload),
      signal: AbortSignal.timeout ? AbortSignal.timeout(PATIENCE) : undefined,
    });
  } catch {
    throw new Undelivered(
      navigator.onLine ? "没有发出去，服务没有响应。" : "没有发出去，网络已断开。",
    );
  }
  if (!response.ok) throw await refusal(response);
  try {
    return await response.json();
  } catch {
    throw new Undelivered("回答没有传完。");
  }
}

async function refusal(response) {
  const { status } = response;
  let said = "";
  try {
    const { error } = await response.json();
    said = error.problems?.map((problem) => problem.message).join("；") || error.message;
  } catch {
    // A proxy in between may answer with a page.
  }
  if (status === 429) {
    const seconds = Number(response.headers.get("Retry-After")) || 60;
    return new Undelivered(`发送得太频繁了，请 ${seconds} 秒后再试。`, { status });
  }
  if (status >= 500) {
    return new Undelivered(said || "服务暂时没有响应，请稍后再试。", { status });
  }
  return new Undelivered(said || "这条消息没有被接受。", { status, again: false });
}

// Reads the conversation's events with the token in a header, which EventSource cannot send.
// `heard(name, data, id)` may return true to stop listening.
export async function listen(conversation, after, heard, signal) {
  const response = await fetch(`/api/v1/conversations/${conversation.conversation_id}/events`, {
    headers: { Authorization: `Bearer ${conversation.token}`, "Last-Event-ID": String(after) },
    signal,
  });
  if (!response.ok) throw await refusal(response);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    buffer += value;
    let end;
    while ((end = buffer.indexOf("\n\n")) >= 0) {
      const event = parsed(buffer.slice(0, end));
      buffer = buffer.slice(end + 2);
      if (event && heard(event.name, event.data, event.id)) {
        await reader.cancel();
        return;
      }
    }
  }
}

function parsed(block) {
  const fields = {};
  for (const line of block.split("\n")) {
    const colon = line.indexOf(":");
    if (colon > 0) fields[line.slice(0, colon)] = line.slice(colon + 1).trimStart();
  }
  if (!fields.data) return null;
  return { name: fields.event ?? "message", data: JSON.parse(fields.data), id: Number(fields.id) };
}
