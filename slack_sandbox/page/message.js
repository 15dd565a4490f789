/** One message as it stands in a channel or thread. */

import { attempt, post } from "./api.js";
import { drawBlocks } from "./blocks.js";
import { clockTime, fullMoment } from "./dates.js";
import { avatar, h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { linkTo } from "./links.js";
import { openMenu } from "./menu.js";
import { mrkdwn } from "./mrkdwn.js";
import { address, nameOf, state } from "./state.js";
import { surface } from "./surface.js";
import { toast } from "./toast.js";

/** `place` is `{channel, thread}`; `joined` leaves out the name where the same person goes on. */
export function drawMessage(message, { place, form, joined }) {
  if (message.line) return drawLine(message);
  const { ts, name, bot, edited, ephemeral } = message;
  const kinds = [joined && "joined", ephemeral && "ephemeral"].filter(Boolean);
  const props = { tabindex: -1, "aria-label": spoken(message), dataset: { field: ts } };
  const node = h(["article.message", ...kinds].join("."), props,
    h("div.gutter", null,
      joined ? moment(ts) : avatar({ name, color: colorOf(message) }, bot ? "square" : "round")),
    h("div.content", null,
      ephemeral && h("p.privately", null, "Only visible to you"),
      !joined && h("p.byline", null,
        h("strong", null, name), bot && h("span.tag", null, "APP"), moment(ts),
        edited && h("span.when", null, "edited")),
      body(message, joined, surface({ channel: place.channel, ts }, form)),
      !place.thread && message.reply_count > 0 && replies(message, place),
    ),
    tools(message, place),
  );
  // Small print and changed messages name without calling; elsewhere the whole message stands out.
  const calls = !message.edited && node.querySelector(".mention.own:not(.block-context *)");
  node.classList.toggle("names-me", Boolean(calls));
  return node;
}

/** What Slack itself writes: who came and went, and what was changed. */
function drawLine(message) {
  const props = { tabindex: -1, "aria-label": spoken(message), dataset: { field: message.ts } };
  return h("article.line", props, h("span", null, mrkdwn(message.text)), moment(message.ts));
}

const spoken = ({ name, ts }) => `${name}, ${clockTime(ts * 1000)}`;

const colorOf = ({ user }) => state.people.get(user)?.color;

function moment(ts) {
  const at = ts * 1000;
  const props = { datetime: new Date(at).toISOString(), title: fullMoment(at) };
  return h("time.when", props, clockTime(at));
}

// What a person typed is drawn from its text: their blocks hold it without any formatting.
function body({ bot, text, blocks, edited, reactions = [] }, joined, on) {
  const drawn = bot && blocks?.length;
  return h("div.said", null,
    drawn ? drawBlocks(blocks, on) : h("div.running", null, mrkdwn(text ?? "")),
    edited && joined && h("small.quiet", null, "(edited)"),
    reactions.length > 0 && h("p.reactions", null, reactions.map(reaction)));
}

function reaction({ name, users, count }) {
  const title = `${users.map((user) => nameOf(user)).join(", ")}: ${name}`;
  return h("span.reaction", { title }, `${withEmoji(`:${name}:`)} ${count}`);
}

function replies({ ts, reply_count: count }, { channel }) {
  const words = count === 1 ? "1 reply" : `${count} replies`;
  return h("a.replies", { href: address(channel, ts) }, words);
}

function tools(message, place) {
  const { ts, ephemeral } = message;
  const more = h("button.plain", {
    type: "button", "aria-label": "More actions", "aria-haspopup": "menu",
    onclick: () => openMenu(more, "More actions", choices(message, place)),
  }, "⋯");
  const thread = { href: address(place.channel, ts), "aria-label": "Reply in thread" };
  return h("div.tools", null, !place.thread && !ephemeral && h("a.plain", thread, "💬"), more);
}

function choices(message, { channel }) {
  const copy = { text: "Copy text", run: () => keep(message.text) };
  if (message.ephemeral) return [copy];
  const link = { text: "Copy link", run: () => keep(linkTo(message, channel)) };
  const own = state.shortcuts.filter(({ type }) => type?.startsWith("message"));
  const items = own.map(({ name, callback_id: id }) => ({
    text: name,
    run: () => attempt(() => post("shortcut", { callback_id: id, channel, ts: message.ts })),
  }));
  return [...items, link, copy];
}

async function keep(text) {
  await navigator.clipboard.writeText(text ?? "");
  toast("Copied.");
}
