/** *Try this*: the next step at the foot of the page, the whole list behind it. */

import { fill, h } from "/page/static/dom.js";
import { address, state } from "/page/static/state.js";

let drawn = null;
let shown = [];

/** Draws the list, which stays open if somebody opened it. */
export function drawSteps(root, steps = shown) {
  shown = steps;
  const print = JSON.stringify([steps, location.hash]);
  if (print === drawn) return;
  drawn = print;
  const next = steps.find(({ done }) => !done);
  const done = steps.filter((step) => step.done).length;
  const open = root.querySelector("details")?.open;
  const list = h("details.steps", { open, ontoggle: () => showNext(list) },
    h("summary", null, h("strong", null, "Try this"),
      h("span.steps-count", null, `${done} of ${steps.length}`),
      h("span.steps-next", null, next ? brief(next) : "All done. Your own Slack is four steps away: docs/your_own_slack.md.")),
    h("ol", null, steps.map((step) => line(step, step === next))));
  fill(root, h("div.steps-bar", null, list, next && button(next)));
}

const showNext = (list) => list.querySelector(".next")?.scrollIntoView({ block: "nearest" });

function line(step, isNext) {
  const kinds = [step.done && "done", isNext && "next"].filter(Boolean).map((kind) => `.${kind}`);
  return h(`li${kinds.join("")}`, null,
    h("span.steps-mark", { "aria-label": step.done ? "done" : "to do" }, step.done ? "✓" : "○"),
    h("a.steps-who", { href: way(step) }, `${step.who} in ${step.where}`),
    h("span", null, worded(step.text)));
}

const brief = (step) => [h("b", null, `${step.who}: `), worded(step.text)];

/** Where the step is done, and as whom: one press away, unless one is there. */
function button(step) {
  if (location.hash === way(step)) return null;
  const text = step.person === state.me ? `Go to ${step.where}` : `Be ${step.who}`;
  return h("a.steps-go", { href: way(step) }, text);
}

const way = ({ person, channel }) => address(channel, null, person);

/** `*Claim*` stands out, `/desk setup` can be copied. */
function worded(text) {
  return text.split(/(\*[^*]+\*|`[^`]+`)/).map((part) => {
    if (part.startsWith("*")) return h("strong", null, part.slice(1, -1));
    if (part.startsWith("`")) return h("code", null, part.slice(1, -1));
    return part;
  });
}
