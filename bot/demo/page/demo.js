/** The demo's part of the page: clock above, the customer's phone beside, *Try this* below. */

import { attempt, coalesced, get } from "/page/static/api.js";
import { drawClock, tick } from "./clock.js";
import { Phone } from "./phone.js";
import { drawSteps } from "./steps.js";

const root = (id) => document.getElementById(id);
const phone = new Phone(root("beside"));
const SECOND = 1000;

const refresh = coalesced(() => attempt(async () => {
  const state = await get("/demo/state");
  drawClock(root("above"), state, phone);
  drawSteps(root("below"), state.steps);
  await phone.refresh(state);
}));

document.addEventListener("hint", ({ detail }) => ["demo", "home"].includes(detail.type) && refresh());
document.addEventListener("person", refresh);
addEventListener("hashchange", () => drawSteps(root("below")));
setInterval(tick, SECOND);
refresh();
