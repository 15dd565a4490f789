/** Every select of Block Kit: a button with what is chosen, and a panel to search and choose in. */

import { fill, freshId, h } from "./dom.js";
import { float } from "./menu.js";

/**
 * `choices` are `{value, text, note, group}`; `value` is one value, or a list when `multiple`.
 * `onPick` gets the new value and answers false to leave things as they were.
 */
export function picker({ label, placeholder, choices, value, multiple, max, clearable, onPick }) {
  let chosen = [value ?? []].flat();
  const button = h("button.picker", {
    type: "button", role: "combobox", "aria-haspopup": "listbox",
    "aria-expanded": "false", "aria-label": label, onclick: open,
  });
  show();
  return button;

  function show() {
    const names = chosen.map((v) => choices.find((choice) => choice.value === v)?.text ?? v);
    const words = names.length ? names.join(", ") : placeholder;
    fill(button, h(names.length ? "span" : "span.placeholder", null, words));
    button.setAttribute("aria-label", `${label}: ${words}`);
  }

  function open() {
    const clear = clearable && chosen.length ? [{ value: null, text: "Clear" }] : [];
    float(panel(label, [...clear, ...choices], isChosen, pick), button);
  }

  function isChosen(v) {
    return chosen.includes(v);
  }

  async function pick(v, close) {
    if (multiple && !isChosen(v) && chosen.length >= max) return;
    const before = chosen;
    chosen = next(v);
    if (!multiple || v === null) close();
    show();
    if ((await onPick(multiple ? chosen : (chosen[0] ?? null))) !== false) return;
    chosen = before;
    show();
  }

  function next(v) {
    if (v === null) return [];
    if (!multiple) return [v];
    return isChosen(v) ? chosen.filter((other) => other !== v) : [...chosen, v];
  }
}

/** A search box over a listbox; the arrows move, Enter chooses. */
function panel(label, rows, isChosen, pick) {
  const list = h("div", { role: "listbox", id: freshId("list"), "aria-label": label });
  const search = h("input", {
    type: "text", placeholder: "Search", role: "combobox", autofocus: true, "aria-expanded": "true",
    "aria-controls": list.id, "aria-label": `Search in ${label}`, oninput: draw, onkeydown: key,
  });
  const root = h("div.panel.list", null, search, list);
  let active = 0;
  draw();
  return root;

  function draw() {
    active = 0;
    const sought = search.value.toLowerCase();
    const found = rows.filter(({ text }) => text.toLowerCase().includes(sought));
    fill(list, found.length ? grouped(found) : h("p", null, "Nothing matches."));
    mark();
  }

  function grouped(found) {
    return found.flatMap((row, at) => [
      row.group && row.group !== found[at - 1]?.group && h("p", null, row.group), option(row),
    ]);
  }

  function option({ value, text, note }) {
    const selected = String(isChosen(value));
    const props = { role: "option", id: freshId("option"), "aria-selected": selected };
    const node = h("div", props, h("span", null, text), note && h("small", null, note));
    node.addEventListener("click", () => choose(node, value));
    return node;
  }

  async function choose(node, value) {
    const done = pick(value, () => root.hidePopover());
    node.setAttribute("aria-selected", String(isChosen(value)));
    await done;
  }

  function options() {
    return [...list.querySelectorAll("[role=option]")];
  }

  function mark() {
    options().forEach((node, at) => node.classList.toggle("active", at === active));
    const node = options()[active];
    if (node) search.setAttribute("aria-activedescendant", node.id);
    node?.scrollIntoView({ block: "nearest" });
  }

  function key(event) {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const count = options().length;
    if (!count || (!move && event.key !== "Enter")) return;
    event.preventDefault();
    if (!move) return void options()[active].click();
    active = (active + move + count) % count;
    mark();
  }
}
