/** The engine of running text: a table of patterns, each with the node it becomes. */

import { h } from "./dom.js";
import { dateNode } from "./dates.js";
import { EMOJI_PATTERN, emoji } from "./emoji.js";
import { address, nameOf, state } from "./state.js";

const SAFE_LINK = /^(https?:\/\/|mailto:)[^\s]+$/i;
const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };

// One pass, so that `&amp;lt;` stays the text `&lt;`.
export const unescaped = (text) => text.replace(/&(?:lt|gt|amp);/g, (entity) => ENTITIES[entity]);

/** Makes a parser of rules `[pattern, draw]`; what `draw` answers with nothing stays text. */
export function grammar(rules) {
  const alternatives = rules.map(([pattern], at) => `(?<r${at}>${pattern})`);
  const scanner = new RegExp(alternatives.join("|"), "gu");
  return function parse(text) {
    const nodes = [];
    let from = 0;
    for (const match of text.matchAll(scanner)) {
      const [, draw] = rules.find((_, at) => match.groups[`r${at}`] !== undefined);
      const node = draw(match[0], parse);
      if (!node) continue;
      nodes.push(unescaped(text.slice(from, match.index)), node);
      from = match.index + match[0].length;
    }
    nodes.push(unescaped(text.slice(from)));
    return nodes;
  };
}

/** A rule: text between two `mark`s becomes `tag`, when words do not run into the marks. */
export function styled(mark, tag) {
  const one = mark.at(-1).replace("*", "\\*");
  const whole = mark.replaceAll("*", "\\*");
  const inner = `(?:[^\\n<\`${one}]|<[^<>\\n]*>|\`[^\`\\n]*\`)+`;
  const pattern = `(?<![\\p{L}\\p{N}])${whole}(?=\\S)${inner}(?<=\\S)${whole}(?![\\p{L}\\p{N}])`;
  const width = mark.length;
  return [pattern, (text, parse) => h(tag, null, parse(text.slice(width, -width)))];
}

export const CODE = ["`[^`\\n]+`", (text) => h("code", null, unescaped(text.slice(1, -1)))];
export const TOKEN = ["<[^<>\\n]+>", (text) => token(text.slice(1, -1))];
export const EMOJI = [EMOJI_PATTERN, (text) => emoji(text.slice(1, -1))];
export const BARE_URL = ["https?:\\/\\/[^\\s<>|]*[^\\s<>|.,;:!?'\")\\]*_~]", (text) => link(text)];

function token(inner) {
  const [target, label] = halves(inner, "|");
  if (target.startsWith("@")) return mention(target.slice(1), label);
  if (target.startsWith("#")) return channelLink(target.slice(1), label);
  if (target.startsWith("!")) return command(target.slice(1), label);
  return link(target, label);
}

function command(name, label) {
  if (["here", "channel", "everyone"].includes(name)) return broadcast(name);
  if (name.startsWith("subteam^")) return groupMention(label ?? name.slice(8));
  if (!name.startsWith("date^")) return null;
  const [, timestamp, format] = name.split("^");
  return dateNode({ timestamp, format: format ?? "", fallback: label });
}

/** A person named in a text, marked more when it is the one who looks. */
export function mention(id, label) {
  const name = nameOf(id, label || id).replace(/^@/, "");
  return h(id === state.me ? "span.mention.own" : "span.mention", null, `@${name}`);
}

export const broadcast = (range) => h("span.mention.own", null, `@${range}`);

export function groupMention(name) {
  return h("span.mention", null, `@${name.replace(/^@/, "")}`);
}

export function channelLink(id, label) {
  const known = state.channels.get(id);
  if (known) return h("a.mention", { href: address(id) }, `#${known.name}`);
  return label ? `#${label}` : "a private channel";
}

/** A link to the outside, or nothing when its target is not one a browser may follow. */
export function link(target, label) {
  const href = unescaped(target);
  if (!SAFE_LINK.test(href)) return null;
  const props = { href, target: "_blank", rel: "noopener noreferrer", title: href };
  return h("a", props, label ? unescaped(label) : href.replace(/^mailto:/i, ""));
}

function halves(text, mark) {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
