/** The home tab of a bot: one view that the bot draws for each person. */

import { attempt, coalesced, get } from "./api.js";
import { drawBlocks } from "./blocks.js";
import { fill, h } from "./dom.js";
import { keepingFocus } from "./focus.js";
import { Form, surface } from "./surface.js";

export class Home {
  constructor() {
    this.form = new Form();
    this.node = h("div.home", { tabindex: -1 });
    this.refresh = coalesced(() => attempt(() => this.#load()));
    this.isOpen = false;
  }

  open() {
    fill(this.node, h("p.empty", null, "Loading…"));
    return this.refresh();
  }

  async #load() {
    // Only the opening tells the bot; a refresh that did would make it publish without end.
    const { view } = await get("home", { open: this.isOpen ? null : 1 });
    this.isOpen = true;
    const print = JSON.stringify(view ?? null);
    if (print === this.print) return;
    this.print = print;
    keepingFocus(this.node, () => fill(this.node, this.#draw(view)));
  }

  #draw(view) {
    if (!view?.blocks?.length) return h("p.empty", null, "This app has no home tab yet.");
    this.form.keep(view.blocks);
    const on = surface({ view_id: view.id }, this.form);
    return h("div.view-body", null, drawBlocks(view.blocks, on));
  }
}
