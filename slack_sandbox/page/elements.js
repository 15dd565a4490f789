/** Block Kit's interactive elements: one drawing per type, in a table. */

import { h } from "./dom.js";
import {
  checkboxes, dateInput, dateTimeInput, radioButtons, textInput, timeInput,
} from "./inputs.js";
import { openLink } from "./links.js";
import { openMenu } from "./menu.js";
import { plainText } from "./mrkdwn.js";
import { picker } from "./picker.js";
import { state } from "./state.js";

const valueOf = (option) => option?.value;
const valuesOf = (options) => options?.map(valueOf) ?? [];

/** How each type is drawn, and where its first value stands. */
const ELEMENTS = {
  button: { draw: button },
  overflow: { draw: overflow },
  static_select: { draw: select(options), first: (e) => valueOf(e.initial_option) },
  users_select: { draw: select(people), first: (e) => e.initial_user },
  conversations_select: { draw: select(conversations), first: (e) => e.initial_conversation },
  channels_select: { draw: select(channels), first: (e) => e.initial_channel },
  multi_static_select: { draw: select(options), first: (e) => valuesOf(e.initial_options) },
  multi_users_select: { draw: select(people), first: (e) => e.initial_users ?? [] },
  multi_conversations_select: {
    draw: select(conversations), first: (e) => e.initial_conversations ?? [],
  },
  multi_channels_select: { draw: select(channels), first: (e) => e.initial_channels ?? [] },
  plain_text_input: { draw: textInput, first: (e) => e.initial_value },
  email_text_input: { draw: textInput, first: (e) => e.initial_value },
  url_text_input: { draw: textInput, first: (e) => e.initial_value },
  number_input: { draw: textInput, first: (e) => e.initial_value },
  checkboxes: { draw: checkboxes, first: (e) => valuesOf(e.initial_options) },
  radio_buttons: { draw: radioButtons, first: (e) => valueOf(e.initial_option) },
  datepicker: { draw: dateInput, first: (e) => e.initial_date },
  timepicker: { draw: timeInput, first: (e) => e.initial_time },
  datetimepicker: { draw: dateTimeInput, first: (e) => e.initial_date_time },
};

/** The node of an element; `naming` ties an input to its label, hint and error. */
export function drawElement(element, block, surface, naming = {}) {
  const kind = ELEMENTS[element.type];
  if (!kind) return h("em.quiet", null, `“${element.type}” cannot be drawn here.`);
  const field = fieldOf(element, block, surface, kind);
  const node = kind.draw(element, field, { label: labelOf(element), ...naming });
  node.dataset.field = `${block.block_id} ${element.action_id}`;
  return node;
}

/** Reads and changes one value of the form, and sends the action where the block asks for it. */
function fieldOf(element, block, { form, act }, { first }) {
  const { block_id: blockId } = block;
  const { action_id: actionId } = element;
  if (first && !(form.has(blockId, actionId) && isOffered(element, form.get(blockId, actionId)))) {
    form.set(blockId, actionId, first(element) ?? null);
  }
  const sends = block.type !== "input" || block.dispatch_action;
  return {
    value: form.get(blockId, actionId),
    optional: block.type === "input" && block.optional,
    sends,
    set: (value) => form.set(blockId, actionId, value),
    send: (value) => act(element, block, value),
    change(value) {
      form.set(blockId, actionId, value);
      return sends ? act(element, block, value) : true;
    },
  };
}

/** Whether what was chosen earlier is still among the choices, when there are any. */
function isOffered(element, value) {
  if (!element.options && !element.option_groups) return true;
  const offered = new Set(options(element).map((option) => option.value));
  return [value ?? []].flat().every((one) => offered.has(one));
}

const labelOf = (element) =>
  element.accessibility_label ?? (plainText(element.text ?? element.placeholder) || "Choose");

function button(element, { send }) {
  const { style, url, value, accessibility_label: spoken } = element;
  const node = h(`button.${style ?? "usual"}`, { type: "button", "aria-label": spoken });
  node.append(plainText(element.text));
  if (url) node.append(h("span", { "aria-hidden": "true" }, " ↗"));
  node.addEventListener("click", async () => {
    if (url) openLink(url);
    await whileBusy(node, () => send(value ?? null));
  });
  return node;
}

async function whileBusy(node, task) {
  if (node.ariaBusy === "true") return;
  node.ariaBusy = "true";
  await task().finally(() => (node.ariaBusy = null));
}

function overflow(element, { send }) {
  const node = h("button.more", { type: "button", "aria-haspopup": "menu" }, "⋯");
  node.setAttribute("aria-label", element.accessibility_label ?? "More choices");
  const items = element.options.map((option) => ({
    text: plainText(option.text),
    note: plainText(option.description),
    href: /^https?:/i.test(option.url ?? "") ? option.url : null,
    run: () => send(option.value),
  }));
  node.addEventListener("click", () => openMenu(node, "More choices", items));
  return node;
}

/** The drawing of a select whose choices come from `choicesOf(element)`. */
function select(choicesOf) {
  return (element, field, naming) => {
    const multiple = element.type.startsWith("multi_");
    const node = picker({
      label: naming.label,
      placeholder: plainText(element.placeholder) || "Choose",
      choices: choicesOf(element),
      value: field.value,
      multiple,
      max: element.max_selected_items ?? Infinity,
      clearable: field.optional,
      onPick: (value) => field.change(value),
    });
    describe(node, naming);
    return node;
  };
}

function describe(node, { id, described }) {
  if (id) node.id = id;
  if (described) node.setAttribute("aria-describedby", described);
}

function options({ options: flat, option_groups: groups = [] }) {
  if (flat) return flat.map((option) => choice(option));
  return groups.flatMap(({ label, options: own }) => own.map((o) => choice(o, plainText(label))));
}

const choice = (option, group) => ({
  value: option.value, text: plainText(option.text), note: plainText(option.description), group,
});

function people() {
  return [...state.people.values()]
    .filter(({ bot }) => !bot)
    .map(({ id, name, title }) => ({ value: id, text: name, note: title }));
}

function channels() {
  return [...state.channels.values()]
    .filter((channel) => !channel.is_dm && !channel.archived)
    .map(({ id, name }) => ({ value: id, text: `#${name}` }));
}

const KINDS_OF_PLACE = {
  im: () => people(),
  public: () => channels().filter(({ value }) => !state.channels.get(value).private),
  private: () => channels().filter(({ value }) => state.channels.get(value).private),
};

function conversations({ filter }) {
  const kinds = filter?.include ?? ["public", "private"];
  return kinds.flatMap((kind) => KINDS_OF_PLACE[kind]?.() ?? []);
}
