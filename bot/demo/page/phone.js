/** The customer's phone: what one customer sees of the brand in public, and what they write. */

import { attempt, get, post } from "/page/static/api.js";
import { clockTime } from "/page/static/dates.js";
import { fill, h } from "/page/static/dom.js";

const NETWORKS = { x: "X", bluesky: "Bluesky", mastodon: "Mastodon", facebook: "Facebook" };
const THANKS = "Thank you, that helped!";

export class Phone {
  constructor(root) {
    Object.assign(this, { root, customer: null, customers: [], said: [], replyTo: null });
    this.editing = null;
    this.shown = null;
    this.unread = 0;
    this.list = h("div.phone-list", { role: "log", "aria-label": "Public posts", tabindex: 0 });
    this.choice = h("select.phone-who", {
      "aria-label": "Which customer", onchange: () => this.#become(this.choice.value),
    });
    this.about = h("p.phone-about", null);
    this.purpose = h("p.phone-purpose", { hidden: true });
    this.box = h("textarea", {
      rows: 2, maxlength: 1000, "aria-label": "Write as this customer",
      placeholder: "Write a post to Northwind…",
    });
    this.send = h("button.primary", { type: "submit" }, "Post");
    const form = h("form.phone-form", null, this.purpose, this.box, this.send);
    form.addEventListener("submit", (event) => this.#submit(event));
    root.classList.add("phone");
    root.setAttribute("aria-label", "The customer's phone");
    fill(root, h("header.phone-head", null,
      h("h2", null, "The customer's phone"), this.#closer(), this.choice, this.about),
    this.list, form);
  }

  /** The button that shows the phone where there is no room beside. */
  tab() {
    const open = this.#isOpen();
    const text = this.unread && !open ? `Phone (${this.unread})` : "Phone";
    return h("button.demo-button.phone-tab", {
      type: "button", "aria-expanded": String(open), "aria-controls": "beside",
      dataset: { field: "phone-tab" }, onclick: () => this.#toggle(),
    }, text);
  }

  async refresh({ customers, answered }) {
    if (customers.length !== this.customers.length) this.#fillChoice(customers);
    this.#follow(answered);
    await this.#load();
  }

  async #load() {
    const asked = this.customer;
    const { said } = await get("/demo/feed", { customer: asked });
    if (asked !== this.customer) return;
    const print = JSON.stringify([asked, said]);
    if (print === this.shown) return;
    this.#count(said);
    this.said = said;
    this.shown = print;
    this.#draw();
  }

  #fillChoice(customers) {
    this.customers = customers;
    this.customer ??= customers[0].key;
    fill(this.choice, customers.map(({ key, name, source }) =>
      h("option", { value: key }, `${name} · ${NETWORKS[source] ?? source}`)));
    this.choice.value = this.customer;
    this.#tellAbout();
  }

  /** It is the phone of whoever was answered last, unless something is being written on it. */
  #follow(answered) {
    const isAnother = this.answered !== undefined && answered !== this.answered;
    this.answered = answered;
    if (!isAnother || answered === this.customer || this.box.value) return;
    this.#turnTo(answered);
    if (!this.#isOpen()) this.unread += 1;
  }

  #become(key) {
    this.#turnTo(key);
    attempt(() => this.#load());
  }

  #turnTo(key) {
    Object.assign(this, { customer: key, shown: null });
    this.choice.value = key;
    this.#tellAbout();
    this.#writeNew();
  }

  #tellAbout() {
    const { handle, source } = this.customers.find(({ key }) => key === this.customer);
    fill(this.about, `${handle} on ${NETWORKS[source] ?? source}. Everybody can read this.`);
  }

  #count(said) {
    const answers = (list) => list.filter(({ by_brand: ours }) => ours).length;
    const first = this.shown === null;
    if (!first && !this.#isOpen()) this.unread += Math.max(0, answers(said) - answers(this.said));
  }

  #draw() {
    const nodes = this.said.map((one) => this.#post(one));
    fill(this.list, nodes.length ? nodes : h("p.empty", null, "Nothing written yet."));
    this.list.scrollTop = this.list.scrollHeight;
  }

  #post(one) {
    const { id, handle, text, at, by_brand: ours, own, edited, deleted, in_reply_to: answers } = one;
    const kind = [ours && "ours", answers && "answer"].filter(Boolean).map((name) => `.${name}`);
    return h(`article.phone-post${kind.join("")}`, { dataset: { id } },
      h("p.phone-byline", null, h("strong", null, handle), h("span.when", null, clockTime(at * 1000)),
        edited && !deleted && h("span.when", null, "edited")),
      deleted ? h("p.phone-gone", null, "Deleted by its author.") : h("p.phone-text", null, text),
      !deleted && h("p.phone-acts", null,
        ours ? this.#forAnswer(id) : own && this.#forOwn(one)));
  }

  #forAnswer(id) {
    return [
      act("Say thanks", (button) => this.#say(button, { text: THANKS, in_reply_to: id })),
      act("Reply", () => this.#prepare({ replyTo: id }, "Your reply to Northwind", "Reply")),
    ];
  }

  #forOwn({ id, text }) {
    return [
      act("Edit", () => this.#prepare({ editing: id }, "Change your post", "Save", text)),
      act("Delete", (button) => once(button, () => this.#act("delete", { id }))),
    ];
  }

  #prepare({ replyTo = null, editing = null }, purpose, verb, text = "") {
    Object.assign(this, { replyTo, editing });
    this.box.value = text;
    this.send.textContent = verb;
    this.purpose.hidden = !purpose;
    fill(this.purpose, purpose, " ", act("Cancel", () => this.#writeNew()));
    this.box.focus();
  }

  #writeNew() {
    Object.assign(this, { replyTo: null, editing: null });
    this.box.value = "";
    this.send.textContent = "Post";
    this.purpose.hidden = true;
  }

  async #submit(event) {
    event.preventDefault();
    const text = this.box.value.trim();
    if (!text) return this.box.focus();
    const { editing, replyTo } = this;
    const send = editing
      ? () => this.#act("edit", { id: editing, text })
      : () => this.#act("write", { text, in_reply_to: replyTo });
    if (await once(this.send, send)) this.#writeNew();
  }

  #say(button, body) {
    return once(button, () => this.#act("write", body));
  }

  #act(name, body) {
    return attempt(() => post(`/demo/${name}`, { customer: this.customer, ...body }));
  }

  // Wide pages show it always; narrow ones when asked.
  #isOpen() {
    return document.body.classList.contains("phone-open") || this.root.offsetParent !== null;
  }

  #toggle() {
    document.body.classList.toggle("phone-open");
    const open = document.body.classList.contains("phone-open");
    if (open) this.unread = 0;
    document.querySelector(".phone-tab")?.replaceWith(this.tab());
    if (open) this.list.scrollTop = this.list.scrollHeight;
  }

  #closer() {
    const props = { type: "button", "aria-label": "Close the phone", onclick: () => this.#toggle() };
    return h("button.plain.phone-close", props, "✕");
  }
}

function act(text, run) {
  const button = h("button.phone-act", { type: "button", onclick: () => run(button) }, text);
  return button;
}

/** Quick presses of one button are one press. */
async function once(button, task) {
  if (button.disabled) return null;
  button.disabled = true;
  return task().finally(() => (button.disabled = false));
}
