/** Keeps focus and caret where they are while the nodes under them are drawn anew. */

/** Runs `redraw`; what stands in `root` where the focus was before has it afterwards. */
export function keepingFocus(root, redraw) {
  const before = root.contains(document.activeElement) ? document.activeElement : null;
  const path = fieldsAbove(before, root);
  redraw();
  if (before === null || before.isConnected) return;
  const place = follow(root, path);
  const target = place.querySelector(":scope > :is(input, textarea)") ?? place;
  target.focus({ preventScroll: true });
  // Dates and buttons have no caret, and say so with null.
  if (typeof before.selectionStart === "number" && typeof target.selectionStart === "number") {
    target.setSelectionRange(before.selectionStart, before.selectionEnd);
  }
}

/** The marked fields around a node, outermost first; a button's id may stand in many messages. */
function fieldsAbove(node, root) {
  const fields = [];
  for (let at = node; at && at !== root; at = at.parentElement) {
    if (at.dataset.field) fields.unshift(at.dataset.field);
  }
  return fields;
}

/** As deep along the path as there is still something to find. */
function follow(root, path) {
  let place = root;
  for (const field of path) {
    const next = place.querySelector(`[data-field="${CSS.escape(field)}"]`);
    if (!next) break;
    place = next;
  }
  return place;
}
