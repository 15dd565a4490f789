/** The row of people at the top: whoever is chosen is who looks and acts. */

import { avatar, fill, h } from "./dom.js";
import { address, state } from "./state.js";

/** Draws the switch; each person is a plain link, so that the address always says who looks. */
export function drawPeople(root) {
  const humans = [...state.people.values()].filter(({ bot }) => !bot);
  fill(root, humans.map(person));
  root.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function person({ id, name, title, email, admin, color }) {
  const current = id === state.me ? "true" : null;
  const about = [title, email, admin && "admin"].filter(Boolean).join(" · ");
  const props = { href: address(null, null, id), "aria-current": current, title: about };
  return h("a", props, avatar({ name, color }, "small"),
    h("span.who", null, name), admin && h("span.tag", null, "admin"));
}
