/** Completion while typing: commands, people, channels and emoji, above the message box. */

import { fill, freshId, h } from "./dom.js";
import { emojiNames } from "./emoji.js";
import { state } from "./state.js";

const MOST = 8;

/** What is being typed before the caret, and what it could become. */
const TRIGGERS = [
  [/^(\/\S*)$/, commands],
  [/(?:^|\s)@([\p{L}\p{N}._-]*)$/u, people],
  [/(?:^|\s)#([\p{L}\p{N}_-]*)$/u, channels],
  [/(?:^|\s):([a-z0-9_+-]{2,})$/, signs],
];

function commands(typed) {
  return state.commands
    .filter(({ command }) => command.startsWith(typed.toLowerCase()))
    .map(({ command, usage_hint: hint, description }) => ({
      insert: command, text: command, hint, note: description,
    }));
}

function people(typed) {
  const ranges = ["here", "channel", "everyone"].map((name) => ({ name, title: "all at once" }));
  return [...state.people.values(), ...ranges]
    .filter(({ name }) => begins(name, typed))
    .map(({ name, title }) => ({ insert: `@${name}`, text: `@${name}`, note: title }));
}

function channels(typed) {
  return [...state.channels.values()]
    .filter(({ name, is_dm: direct }) => !direct && begins(name, typed))
    .map(({ name, topic }) => ({ insert: `#${name}`, text: `#${name}`, note: topic }));
}

function signs(typed) {
  return emojiNames(typed)
    .map(([name, sign]) => ({ insert: `:${name}:`, text: `${sign} :${name}:` }));
}

const begins = (name, typed) => name.toLowerCase().startsWith(typed.toLowerCase());

/** Gives a textarea its completion; `key` is asked first and answers whether it took the key. */
export function completion(box) {
  const list = h("div.completion", {
    role: "listbox", id: freshId("completion"), hidden: true, "aria-label": "Suggestions",
  });
  let found = { choices: [], from: 0 };
  let active = 0;
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-autocomplete", "list");
  const keys = {
    ArrowDown: () => move(1), ArrowUp: () => move(-1), Enter: take, Tab: take, Escape: close,
  };
  return { list, update, close, key };

  function update() {
    found = search(box.value.slice(0, box.selectionStart));
    active = 0;
    draw();
  }

  function draw() {
    list.hidden = !found.choices.length;
    fill(list, found.choices.map((choice, at) => row(choice, at)));
    list.children[active]?.scrollIntoView({ block: "nearest" });
    if (list.hidden) box.removeAttribute("aria-activedescendant");
    else box.setAttribute("aria-activedescendant", list.children[active].id);
  }

  function row({ text, hint, note }, at) {
    const selected = String(at === active);
    const props = { role: "option", id: freshId("option"), "aria-selected": selected };
    return h("div", { ...props, onmousedown: pressed },
      h("strong", null, text), hint && h("code", null, hint), note && h("small", null, note));

    // Before the click is over the box would have lost the focus.
    function pressed(event) {
      event.preventDefault();
      active = at;
      take();
    }
  }

  function key(event) {
    const run = keys[event.key];
    if (list.hidden || !run || event.isComposing || event.shiftKey) return false;
    // A name typed whole is sent, not completed once more.
    const typed = box.value.slice(found.from, box.selectionStart);
    if (event.key === "Enter" && found.choices[active].insert === typed) return false;
    event.preventDefault();
    event.stopPropagation();
    run();
    return true;
  }

  function move(by) {
    active = (active + by + found.choices.length) % found.choices.length;
    draw();
  }

  function take() {
    box.setRangeText(`${found.choices[active].insert} `, found.from, box.selectionStart, "end");
    close();
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function close() {
    found = { choices: [], from: 0 };
    draw();
  }
}

function search(before) {
  for (const [pattern, choicesFor] of TRIGGERS) {
    const match = before.match(pattern);
    if (!match) continue;
    const from = match.index + match[0].search(/[/@#:]/);
    return { choices: choicesFor(match[1]).slice(0, MOST), from };
  }
  return { choices: [], from: 0 };
}
