/** The message box: Enter sends, Shift+Enter breaks the line, a slash runs a command. */

import { attempt, post } from "./api.js";
import { completion } from "./completion.js";
import { fill, h } from "./dom.js";
import { openMenu } from "./menu.js";
import { seat, state } from "./state.js";
import { toast } from "./toast.js";

const COMMAND = /^\/[a-z][\w-]*/i;

/**
 * The box for `place` (`{channel, thread}`); what is typed stays with the person and the place.
 * `said` is called once something was sent.
 */
export function composer(place, label, said) {
  const { drafts } = seat();
  const key = [place.channel, place.thread].join(" ");
  const box = h("textarea", {
    rows: 1, "aria-label": label, placeholder: label, enterkeyhint: "send",
    value: drafts.get(key) ?? "",
  });
  const hint = h("p.hint", { "aria-live": "polite", hidden: true });
  const complete = completion(box);
  const props = { type: "button", "aria-label": "Send", onclick: submit };
  const send = h("button.primary.send", props, "➤");
  box.addEventListener("input", typed);
  box.addEventListener("keydown", pressed);
  box.addEventListener("blur", complete.close);
  showHint(hint, box.value, place);
  return h("div.composer", null, complete.list, hint,
    h("div.box", null, !place.thread && shortcuts(), box, send));

  function typed() {
    drafts.set(key, box.value);
    showHint(hint, box.value, place);
    complete.update();
  }

  function pressed(event) {
    if (complete.key(event) || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  }

  async function submit() {
    const text = box.value.trim();
    if (!text || send.disabled) return;
    send.disabled = true;
    const done = await attempt(() => say(text, place)).finally(() => (send.disabled = false));
    if (!done) return;
    drafts.delete(key);
    box.value = "";
    showHint(hint, "", place);
    said();
  }
}

/** Sends a text as what it is: a command, or a message. */
async function say(text, { channel, thread }) {
  if (!COMMAND.test(text)) return post("message", { channel, thread, text: named(text) });
  if (!thread) return post("command", { channel, text: named(text) });
  return toast("Slash commands do not work in threads. Mention the app instead.", "wrong");
}

function showHint(node, text, { thread }) {
  const typed = text.match(COMMAND)?.[0].toLowerCase();
  const known = state.commands.find(({ command }) => command === typed);
  node.hidden = !typed || (!known && !thread);
  if (node.hidden) return;
  if (thread) return void fill(node, "Slash commands do not work in threads.");
  const { command, usage_hint: usage, description } = known;
  fill(node, h("strong", null, command), ` ${usage ?? ""} `, h("small", null, description));
}

/** The text with `@Ann` and `#care-sales` replaced by what they name; the rest goes as typed. */
function named(text) {
  const names = new Map();
  for (const { id, name } of state.people.values()) names.set(`@${name.toLowerCase()}`, `<@${id}>`);
  for (const { id, name, is_dm: direct } of state.channels.values()) {
    if (!direct) names.set(`#${name}`, `<#${id}|${name}>`);
  }
  return text.replace(oneOf([...names.keys()]), (word) => names.get(word.toLowerCase()));
}

// Longest first, so that "@Ann Lee" is not taken for "@Ann".
function oneOf(words) {
  const sorted = words.sort((a, b) => b.length - a.length);
  const safe = sorted.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${safe.join("|")})(?![\\p{L}\\p{N}_-])`, "giu");
}

function shortcuts() {
  const own = state.shortcuts.filter(({ type }) => !type?.startsWith("message"));
  if (!own.length) return null;
  const items = own.map(({ name, callback_id: id }) => ({
    text: name, run: () => attempt(() => post("shortcut", { callback_id: id })),
  }));
  const button = h("button.plain", {
    type: "button", "aria-label": "Shortcuts", "aria-haspopup": "menu",
    onclick: () => openMenu(button, "Shortcuts", items),
  }, "⚡");
  return button;
}
