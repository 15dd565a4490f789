/** The open modal of the person who looks: the top view of their stack, as the server has it. */

import { attempt, coalesced, get, post } from "./api.js";
import { drawBlocks, showFault } from "./blocks.js";
import { fill, h } from "./dom.js";
import { keepingFocus } from "./focus.js";
import { fault } from "./inputs.js";
import { plainText } from "./mrkdwn.js";
import { Form, surface } from "./surface.js";

export class Modal {
  constructor() {
    this.forms = new Map();
    this.node = h("dialog", { id: "modal", "aria-labelledby": "modal-title", tabindex: -1 });
    this.node.addEventListener("cancel", (event) => this.#escaped(event));
    document.body.append(this.node);
    this.refresh = coalesced(() => attempt(() => this.#load()));
  }

  async #load() {
    const { view, errors } = await get("view");
    if (!view) return this.#gone();
    const { id, blocks, title, submit, close } = view;
    const print = JSON.stringify([id, blocks, title, submit, close, errors]);
    if (print !== this.print) this.#show(view, errors ?? {});
    this.print = print;
  }

  #gone() {
    this.print = null;
    this.view = null;
    this.node.close();
  }

  #show(view, errors) {
    const isSame = this.view?.id === view.id;
    const scrolled = isSame ? this.node.querySelector(".view-body").scrollTop : 0;
    this.view = view;
    keepingFocus(this.node, () => fill(this.node, this.#draw(view, errors)));
    if (!this.node.open) this.node.showModal();
    this.node.querySelector(".view-body").scrollTop = scrolled;
    this.#focusFirst(errors);
  }

  #draw(view, errors) {
    const submit = view.submit && h("button.primary", null, plainText(view.submit));
    const close = plainText(view.close) || (submit ? "Cancel" : "Close");
    const leave = { type: "button", onclick: () => this.#close() };
    return h("form", { novalidate: true, onsubmit: (event) => this.#submit(event) },
      h("header", null,
        h("h2", { id: "modal-title" }, plainText(view.title)),
        h("button.plain", { ...leave, "aria-label": "Close" }, "✕")),
      h("div.view-body", null, drawBlocks(view.blocks, this.#surface(view), errors)),
      h("footer", null, h("button", leave, close), submit),
    );
  }

  // A form of its own for each view, so that the way back finds what was typed.
  #surface({ id, blocks }) {
    if (!this.forms.has(id)) this.forms.set(id, new Form());
    this.forms.get(id).keep(blocks);
    return surface({ view_id: id }, this.forms.get(id));
  }

  #focusFirst(errors) {
    const wrong = this.node.querySelector("[aria-invalid]");
    if (Object.keys(errors).length && wrong) wrong.focus();
    else if (!this.node.contains(document.activeElement) || isCloser(document.activeElement)) {
      this.node.querySelector(".view-body :is(input, textarea, .picker)")?.focus();
    }
  }

  async #submit(event) {
    event.preventDefault();
    if (this.#findsFaults()) return;
    const { id } = this.view;
    // The same errors may come again, and were taken from sight by the check just now.
    this.print = null;
    await this.#whileBusy(() => post("submit", { view_id: id, values: this.#values() }));
  }

  // Pressed while an answer is on its way, it closes what that answer brings.
  async #close() {
    await this.busy;
    if (!this.view) return;
    const { id } = this.view;
    await this.#whileBusy(() => post("close_view", { view_id: id }));
  }

  #escaped(event) {
    event.preventDefault();
    this.#close();
  }

  #values() {
    return this.forms.get(this.view.id).values();
  }

  #findsFaults() {
    const values = this.#values();
    const inputs = this.view.blocks.filter(({ type }) => type === "input");
    const found = inputs.filter(({ block_id: id, element, optional }) => {
      const text = fault(element, values[id]?.[element.action_id], optional);
      showFault(this.node.querySelector(`[data-block="${CSS.escape(id)}"]`), text);
      return text;
    });
    this.node.querySelector("[aria-invalid]")?.focus();
    return found.length > 0;
  }

  async #whileBusy(task) {
    if (this.busy) return;
    this.node.ariaBusy = "true";
    this.busy = attempt(task).finally(() => (this.busy = this.node.ariaBusy = null));
    await this.busy;
    await this.refresh();
  }
}

const isCloser = (node) => node?.closest("header") !== null;
