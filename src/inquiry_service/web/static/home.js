// With scripts, a question from the front page goes on as a conversation.

for (const form of document.querySelectorAll("form[data-ask]")) form.action = "/chat";
for (const link of document.querySelectorAll("a[data-ask]")) {
  link.href = link.getAttribute("href").replace(/^\/ask\?/, "/chat?");
}
