/** What blocks stand on (message, modal, home): the values typed there and the way to act. */

import { attempt, post } from "./api.js";
import { confirmed } from "./dialogs.js";

/** Typed and chosen values by block and action; they outlive a redrawing of their blocks. */
export class Form {
  #values = new Map();

  get(blockId, actionId) {
    return this.#values.get(blockId)?.get(actionId);
  }

  has(blockId, actionId) {
    return this.#values.get(blockId)?.has(actionId) ?? false;
  }

  set(blockId, actionId, value) {
    if (!this.#values.has(blockId)) this.#values.set(blockId, new Map());
    this.#values.get(blockId).set(actionId, value);
  }

  /** Forgets what these blocks do not ask for any more. */
  keep(blocks) {
    const before = this.#values;
    this.#values = new Map();
    for (const { block_id: id, element, accessory, elements = [] } of blocks) {
      for (const { action_id: action } of [element, accessory, ...elements].filter(Boolean)) {
        if (before.get(id)?.has(action)) this.set(id, action, before.get(id).get(action));
      }
    }
  }

  values() {
    const entries = [...this.#values].map(([id, actions]) => [id, Object.fromEntries(actions)]);
    return Object.fromEntries(entries);
  }
}

/** A surface whose actions carry `where` (`{channel, ts}` or `{view_id}`). */
export function surface(where, form = new Form()) {
  return { form, act: (element, block, value) => act({ where, form, element, block, value }) };
}

async function act({ where, form, element, block, value }) {
  if (element.confirm && !(await confirmed(element.confirm))) return false;
  const action = { action_id: element.action_id, block_id: block.block_id, value };
  const sent = () => post("action", { ...where, ...action, values: form.values() });
  return (await attempt(sent)) !== null;
}
