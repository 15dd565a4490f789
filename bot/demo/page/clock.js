/** The strip above: who you are, what time it is, the jump, and how fast customers write. */

import { attempt, post } from "/page/static/api.js";
import { clockTime, dayName } from "/page/static/dates.js";
import { fill, h } from "/page/static/dom.js";
import { keepingFocus } from "/page/static/focus.js";
import { me, now, state as page } from "/page/static/state.js";

const JUMP = "1h";
const SPEEDS = { still: "Silent", calm: "Calm", lively: "Lively", busy: "Busy", cloud: "Ash cloud" };

/** Draws the strip from the demo's state. */
export function drawClock(root, { now: seconds, speed, speeds }, phone) {
  page.ahead = seconds * 1000 - Date.now();
  keepingFocus(root, () => fill(root, h("div.demo-strip", null,
    who(),
    h("span.demo-clock", null,
      h("time.demo-time", { id: "demo-time", "aria-label": "The demo's clock" }),
      button("demo-jump", "+1 h", "An hour passes for everybody", () => act("jump", { length: JUMP }))),
    speedMenu(speed, speeds),
    phone.tab(),
  )));
  tick();
}

/** The time goes on by itself between two looks at the demo. */
export function tick() {
  const node = document.getElementById("demo-time");
  if (node) node.textContent = `${dayName(now()).split(",")[0]} ${clockTime(now())}`;
}

function who() {
  const person = me();
  if (!person) return h("span.demo-who", null);
  return h("span.demo-who", null, "You are ", h("strong", null, person.name),
    person.title && h("span.demo-title", null, `, ${person.title}`));
}

function speedMenu(speed, speeds) {
  const menu = h("select.demo-speed", {
    "aria-label": "How fast customers write", dataset: { field: "speed" },
    onchange: () => act("speed", { speed: menu.value }),
  }, speeds.map((name) => h("option", { value: name }, SPEEDS[name] ?? name)));
  menu.value = speed;
  return h("label.demo-customers", null, h("span.demo-label", null, "Customers"), menu);
}

function button(field, text, title, run) {
  return h("button.demo-button", { type: "button", title, dataset: { field }, onclick: run }, text);
}

const act = (name, body) => attempt(() => post(`/demo/${name}`, body));
