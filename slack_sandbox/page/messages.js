/** A list of messages, newest at the foot: loads, goes on, keeps its place while things change. */

import { attempt, coalesced, get, post } from "./api.js";
import { dayName } from "./dates.js";
import { fill, h } from "./dom.js";
import { keepingFocus } from "./focus.js";
import { drawMessage } from "./message.js";
import { observe, state } from "./state.js";
import { Form } from "./surface.js";

const PAGE = 60;
const MOST_AT_ONCE = 300;
const JOINED_WITHIN = 300;
const NEAR = 80;

export class Conversation {
  /** `place` is `{channel, thread}`; `unread` counts what is new; `empty` is a sentence. */
  constructor({ place, unread = 0, empty, label }) {
    Object.assign(this, { place, unread, empty, messages: [], more: false, firstNew: null });
    this.drawn = new Map();
    this.forms = new Map();
    this.read = null;
    this.list = h("div.messages", { role: "log", "aria-label": label, tabindex: 0 });
    this.jump = h("button.jump", { type: "button", hidden: true }, "New messages ↓");
    this.node = h("div.conversation", null, this.list, this.jump);
    this.list.addEventListener("scroll", () => this.#scrolled());
    this.jump.addEventListener("click", () => this.toFoot());
    this.refresh = coalesced(() => attempt(() => this.#load()));
    this.older = coalesced(() => attempt(() => this.#loadOlder()));
  }

  open() {
    fill(this.list, h("p.empty", null, "Loading…"));
    return this.refresh();
  }

  /** Goes to one message and marks it; answers whether it is there. */
  async point(ts) {
    await this.refresh();
    while (this.more && !this.drawn.has(ts)) await this.older();
    this.list.querySelector(".pointed")?.classList.remove("pointed");
    const node = this.drawn.get(ts)?.node;
    if (!node?.isConnected) return false;
    node.classList.add("pointed");
    node.scrollIntoView({ block: "center" });
    node.focus({ preventScroll: true });
    return true;
  }

  /** Asks anew for what is shown, and no more than can be drawn at once. */
  async #load() {
    const limit = Math.min(MOST_AT_ONCE, Math.max(PAGE, this.messages.length));
    const { messages, more } = await get("messages", { ...this.place, limit });
    const newest = this.messages.at(-1)?.ts;
    const before = messages.length ? this.messages.filter(({ ts }) => ts < messages[0].ts) : [];
    const kept = more ? before : [];
    if (!kept.length) this.more = more;
    this.messages = [...kept, ...messages];
    messages.forEach(observe);
    this.#markFirstNew();
    const fresh = newest && messages.at(-1)?.ts > newest;
    const followed = this.#redraw();
    this.jump.hidden = followed || !(fresh || !this.jump.hidden);
    if (followed) this.#markRead();
  }

  /** Once, so that the line stays where reading began. */
  #markFirstNew() {
    const others = this.messages.filter(
      ({ user, ephemeral, line }) => user !== state.me && !ephemeral && !line,
    );
    if (this.unread) this.firstNew = others.at(-this.unread)?.ts ?? null;
    this.unread = 0;
  }

  async #loadOlder() {
    if (!this.more) return;
    const before = this.messages[0].ts;
    const { messages, more } = await get("messages", { ...this.place, before, limit: PAGE });
    this.more = more;
    this.messages = [...messages, ...this.messages];
    this.#redraw();
  }

  /** Draws what changed; answers whether the foot of the list is in view. */
  #redraw() {
    const opens = !this.drawn.size;
    const follow = this.#atFoot();
    const anchor = this.#anchor();
    const nodes = this.#items().map((item) => this.#node(item));
    keepingFocus(this.list, () => arrange(this.list, nodes));
    if (opens && this.firstNew) return this.#beginReading();
    if (follow) this.list.scrollTop = this.list.scrollHeight;
    else if (anchor) this.list.scrollTop += (this.#top(anchor.ts) ?? anchor.top) - anchor.top;
    return follow;
  }

  /** At the first new message, where not all of them can be seen at once. */
  #beginReading() {
    this.list.scrollTop = this.drawn.get("new").node.offsetTop;
    return this.#atFoot();
  }

  #items() {
    if (!this.messages.length) return [{ key: "empty", draw: () => sentence(this.empty) }];
    const more = { key: "more", draw: () => this.#moreButton() };
    return [...(this.more ? [more] : []), ...this.messages.flatMap((_, at) => this.#itemsAt(at))];
  }

  #itemsAt(at) {
    const [message, previous] = [this.messages[at], this.messages[at - 1]];
    const day = dayName(message.ts * 1000);
    const newDay = !previous || day !== dayName(previous.ts * 1000);
    const isNew = message.ts === this.firstNew;
    const joined = !newDay && !isNew && goesOn(previous, message);
    return [
      newDay && { key: `day ${day}`, draw: () => divider(day) },
      isNew && { key: "new", draw: () => divider("New", "new") },
      { key: message.ts, print: JSON.stringify([message, joined]), message, joined },
    ].filter(Boolean);
  }

  /** The node of an item: the one that stands already, unless its content changed. */
  #node({ key, print = "", draw, message, joined }) {
    const known = this.drawn.get(key);
    if (known?.print === print) return known.node;
    const node = draw?.() ?? this.#draw(message, joined);
    this.drawn.set(key, { print, node });
    return node;
  }

  #draw(message, joined) {
    return drawMessage(message, { place: this.place, form: this.#form(message), joined });
  }

  // What is chosen in a card's menus begins anew with each version; what is typed stays.
  #form({ ts, blocks }) {
    if (!this.forms.has(ts)) this.forms.set(ts, new Form());
    this.forms.get(ts).keep((blocks ?? []).filter(({ type }) => type === "input"));
    return this.forms.get(ts);
  }

  #moreButton() {
    return h("button.earlier", { type: "button", onclick: this.older }, "Show earlier messages");
  }

  #anchor() {
    const top = this.list.scrollTop;
    const inView = (node) => node?.isConnected && node.offsetTop + node.offsetHeight > top;
    const found = this.messages.find(({ ts }) => inView(this.drawn.get(ts)?.node));
    return found && { ts: found.ts, top: this.#top(found.ts) };
  }

  // Of the node that stands now: a message that changed has another one than before.
  #top(ts) {
    return this.drawn.get(ts)?.node.offsetTop;
  }

  #atFoot() {
    const { scrollTop, scrollHeight, clientHeight } = this.list;
    return scrollHeight - scrollTop - clientHeight < NEAR;
  }

  /** Where what one has just said, and the answer to it, will stand. */
  toFoot() {
    this.list.scrollTop = this.list.scrollHeight;
    this.jump.hidden = true;
    this.#markRead();
  }

  #scrolled() {
    if (this.list.scrollTop < NEAR && this.more) this.older();
    if (!this.#atFoot()) return;
    this.jump.hidden = true;
    this.#markRead();
  }

  #markRead() {
    const newest = this.messages.at(-1)?.ts;
    if (!newest || newest === this.read || this.place.thread || document.hidden) return;
    this.read = newest;
    attempt(() => post("read", { channel: this.place.channel, ts: newest }));
  }
}

const sentence = (text) => h("p.empty", null, text);

function divider(text, kind = "day") {
  return h(`div.divider.${kind}`, { role: "separator" }, h("span", null, text));
}

function goesOn(previous, { user, name, ts, ephemeral, line }) {
  const same = previous.user === user && previous.name === name && previous.line === line;
  return same && !ephemeral && !previous.ephemeral && ts - previous.ts < JOINED_WITHIN;
}

// Nodes in place are not touched: moving one would cost it focus and typed text.
function arrange(root, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...root.children]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, at) => {
    if (root.children[at] !== node) root.insertBefore(node, root.children[at] ?? null);
  });
}
