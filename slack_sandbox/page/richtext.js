/** The `rich_text` block: text that is structure, never parsed for markup. */

import { dateNode } from "./dates.js";
import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { broadcast, channelLink, groupMention, link, mention } from "./inline.js";

const PIECES = {
  text: ({ text }) => text,
  link: ({ url, text }) => link(url, text) ?? text ?? url,
  user: ({ user_id }) => mention(user_id),
  usergroup: ({ usergroup_id }) => groupMention(usergroup_id),
  channel: ({ channel_id }) => channelLink(channel_id),
  broadcast: ({ range }) => broadcast(range),
  emoji: ({ name }) => emoji(name) ?? `:${name}:`,
  date: (piece) => dateNode(piece),
  color: ({ value }) => h("code", null, value),
};

const STYLES = { bold: "strong", italic: "em", strike: "s", underline: "u", code: "code" };

const PARTS = {
  rich_text_section: ({ elements }) => h("div.running", null, pieces(elements)),
  rich_text_preformatted: ({ elements }) => h("pre", null, pieces(elements)),
  rich_text_quote: ({ elements }) => h("blockquote", null, pieces(elements)),
  rich_text_list: (part) => list(part),
};

/** The nodes of a rich_text block. */
export const richText = ({ elements }) => elements.map((part) => PARTS[part.type]?.(part));

const pieces = (elements) => elements.map((piece) => wear(piece, PIECES[piece.type]?.(piece)));

function wear({ style }, node) {
  const tags = Object.keys(STYLES).filter((name) => style?.[name]);
  return tags.reduce((inner, name) => h(STYLES[name], null, inner), node);
}

function list({ style, elements, indent = 0, offset = 0 }) {
  const tag = style === "ordered" ? "ol" : "ul";
  const items = elements.map((item) => h("li", null, pieces(item.elements)));
  return h(`${tag}.depth-${Math.min(indent, 4)}`, { start: offset ? offset + 1 : null }, items);
}
