/** Things that float beside what opened them: menus of choices, and the panel of a picker. */

import { h } from "./dom.js";

const GAP = 4;

/** Opens a menu of `{text, note, run, href}` beside `anchor`. */
export function openMenu(anchor, label, items) {
  const close = () => panel.hidePopover();
  const panel = h("div.panel.menu", { role: "menu", "aria-label": label },
    items.map((item) => choice(item, close)),
  );
  panel.addEventListener("keydown", (event) => step(panel, event));
  float(panel, anchor);
  panel.firstElementChild?.focus();
}

function choice({ text, note, run, href }, close) {
  const props = { role: "menuitem", onclick: chosen };
  const content = [text, note && h("small", null, note)];
  function chosen() {
    close();
    run?.();
  }
  if (!href) return h("button", { ...props, type: "button" }, content);
  return h("a", { ...props, href, target: "_blank", rel: "noopener noreferrer" }, content);
}

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

function step(panel, event) {
  const move = STEPS[event.key];
  if (!move) return;
  event.preventDefault();
  const items = [...panel.children];
  const at = items.indexOf(document.activeElement);
  items.at((at + move) % items.length).focus();
}

/** Shows `panel` beside `anchor` until something else is pressed or Esc. */
export function float(panel, anchor) {
  panel.popover = "auto";
  // Inside the dialog the anchor stands in: what is outside an open modal cannot be pressed.
  (anchor.closest("dialog") ?? document.body).append(panel);
  anchor.setAttribute("aria-expanded", "true");
  panel.addEventListener("toggle", ({ newState }) => {
    if (newState !== "closed") return;
    anchor.setAttribute("aria-expanded", "false");
    panel.remove();
  });
  panel.showPopover();
  place(panel, anchor.getBoundingClientRect());
}

function place(panel, box) {
  const { offsetWidth: width, offsetHeight: height } = panel;
  const below = box.bottom + GAP + height <= innerHeight;
  const top = below ? box.bottom + GAP : Math.max(GAP, box.top - GAP - height);
  const left = Math.max(GAP, Math.min(box.left, innerWidth - width - GAP));
  panel.style.top = `${top}px`;
  panel.style.left = `${left}px`;
}
