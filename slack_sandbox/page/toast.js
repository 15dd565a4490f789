/** Short notes at the foot of the page: what went wrong and why, or what was done. */

import { h } from "./dom.js";

const SHOWN_FOR = 7000;

export function toast(text, kind = "said") {
  const root = document.getElementById("toasts");
  const note = h(`p.toast.${kind}`, null, text, closer(() => drop(root, note)));
  root.append(note);
  raise(root);
  setTimeout(() => drop(root, note), SHOWN_FOR);
}

function closer(run) {
  const props = { type: "button", "aria-label": "Dismiss", onclick: run };
  return h("button.plain", props, "✕");
}

// Shown anew each time: an open modal would otherwise cover what it is about.
function raise(root) {
  if (root.matches(":popover-open")) root.hidePopover();
  root.showPopover();
}

function drop(root, note) {
  note.remove();
  if (!root.childElementCount && root.matches(":popover-open")) root.hidePopover();
}
