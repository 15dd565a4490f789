/** The elements people type and tick in: text, dates and times, checkboxes, radio buttons. */

import { fill, freshId, h } from "./dom.js";
import { drawText, plainText } from "./mrkdwn.js";

const TYPES = { email_text_input: "email", url_text_input: "url", number_input: "text" };

/** A line or box of text, with what is left of its length. */
export function textInput(element, field, { id, described, label }) {
  const counter = h("small.counter", { "aria-live": "polite" });
  const props = {
    id, "aria-describedby": described, "aria-label": id ? null : label, autocomplete: "off",
    placeholder: plainText(element.placeholder), value: field.value ?? "",
    maxlength: element.max_length, autofocus: element.focus_on_load,
  };
  const node = element.multiline
    ? h("textarea", { ...props, rows: 5 })
    : h("input", { ...props, type: TYPES[element.type] ?? "text" });
  node.addEventListener("input", () => typed(node.value));
  node.addEventListener("keydown", (event) => entered(event));
  count(counter, element, node.value);
  return h("div.text-input", null, node, counter);

  function typed(value) {
    field.set(value || null);
    count(counter, element, value);
    if (field.sends && sendsOn(element, "on_character_entered")) field.send(value);
  }

  function entered(event) {
    const done = event.key === "Enter" && !event.shiftKey && !event.isComposing;
    if (!done || !field.sends || !sendsOn(element, "on_enter_pressed")) return;
    event.preventDefault();
    field.send(node.value);
  }
}

const sendsOn = (element, trigger) =>
  (element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"]).includes(trigger);

// Silent until the length matters, so that a short answer is not nagged.
function count(node, { min_length: min, max_length: max }, value) {
  const length = [...value].length;
  const missing = min && length < min;
  const scarce = max && length >= max * 0.8;
  fill(node, missing ? `${min - length} more needed` : scarce ? `${max - length} left` : "");
  node.classList.toggle("scarce", Boolean(max && max - length < 10));
}

/** What is wrong with a value before it is sent, or nothing. */
export function fault(element, value, optional) {
  const empty = value === null || value === undefined || value.length === 0;
  if (empty) return optional ? null : "Please fill this in.";
  const length = typeof value === "string" ? [...value].length : 0;
  const { min_length: min, max_length: max } = element;
  if (min && length < min) return `At least ${min} characters, please.`;
  if (max && length > max) return `At most ${max} characters, please.`;
  return null;
}

// Half-typed years (0002) are valid dates; without a floor each would be sent as an action.
const EARLIEST = { date: "1900-01-01", "datetime-local": "1900-01-01T00:00" };

function moment(type, { shown, read }) {
  return (element, field, { id, described, label }) => {
    const node = h("input", {
      type, id, "aria-describedby": described, "aria-label": id ? null : label,
      value: field.value ? shown(field.value) : "", min: EARLIEST[type],
    });
    node.addEventListener("change", () => {
      if (node.checkValidity()) field.change(node.value ? read(node.value) : null);
    });
    return node;
  };
}

const asIs = { shown: (value) => value, read: (value) => value };

export const dateInput = moment("date", asIs);
export const timeInput = moment("time", asIs);
export const dateTimeInput = moment("datetime-local", {
  shown: (seconds) => localIso(seconds),
  read: (text) => Math.floor(new Date(text).getTime() / 1000),
});

function localIso(seconds) {
  const at = new Date(seconds * 1000);
  return new Date(at - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

export function checkboxes(element, field, naming) {
  const chosen = new Set(field.value ?? []);
  return choices(element, naming, "checkbox", {
    checked: (value) => chosen.has(value),
    change(value, on) {
      if (on) chosen.add(value);
      else chosen.delete(value);
      field.change([...chosen]);
    },
  });
}

export function radioButtons(element, field, naming) {
  return choices(element, naming, "radio", {
    checked: (value) => value === field.value,
    change: (value) => field.change(value),
  });
}

function choices(element, { label, labelled, described }, type, { checked, change }) {
  const name = freshId("choice");
  const rows = element.options.map((option) =>
    h("label.choice", null,
      h("input", {
        type, name, value: option.value, checked: checked(option.value),
        onchange: (event) => change(option.value, event.target.checked),
      }),
      h("span", null, drawText(option.text),
        option.description && h("small", null, drawText(option.description))),
    ),
  );
  const role = type === "radio" ? "radiogroup" : "group";
  const names = labelled ? { "aria-labelledby": labelled } : { "aria-label": label };
  return h("div.choices", { role, ...names, "aria-describedby": described }, rows);
}
