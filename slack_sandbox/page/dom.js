/** Builds DOM nodes. Text always arrives as text and never as markup. */

const PROPERTIES = new Set(["checked", "disabled", "hidden", "value"]);

/** A node by its selector (`p.quiet`), with attributes, listeners (`onclick`) and children. */
export function h(selector, props, ...children) {
  const [tag, ...classes] = selector.split(".");
  const node = document.createElement(tag);
  node.classList.add(...classes);
  for (const [name, value] of Object.entries(props ?? {})) give(node, name, value);
  node.append(...present(children));
  return node;
}

/** Puts these children in the place of all that were there. */
export function fill(node, ...children) {
  node.replaceChildren(...present(children));
  return node;
}

function present(children) {
  return children.flat(Infinity).filter((child) => child || child === 0);
}

function give(node, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name === "dataset") Object.assign(node.dataset, value);
  else if (PROPERTIES.has(name)) node[name] = value;
  else node.setAttribute(name, value === true ? "" : value);
}

let count = 0;

/** An id no other node of the page has. */
export const freshId = (stem) => `${stem}-${++count}`;

/** A mark with the first letter of a name in that person's colour; `kind` is small or square. */
export function avatar({ name, color }, kind = "round") {
  const mark = h(`span.avatar.${kind}`, { "aria-hidden": "true" }, initial(name));
  const hex = color?.match(/^#?([0-9a-f]{6})$/i)?.[1];
  // Darkened, so that the white letter is readable on any colour.
  if (hex) mark.style.background = `color-mix(in srgb, #${hex} 62%, black)`;
  return mark;
}

const initial = (name) => [...(name || "?")][0].toUpperCase();
