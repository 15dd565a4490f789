/** Slack's markup (`*bold*`, `<@U1>`, `> quote`) as safe nodes: never innerHTML of foreign text. */

import { h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { CODE, EMOJI, TOKEN, BARE_URL, grammar, styled, unescaped } from "./inline.js";

const RULES = [
  CODE, TOKEN, BARE_URL, EMOJI, styled("*", "strong"), styled("_", "em"), styled("~", "s"),
];
const parse = grammar(RULES);
const parseVerbatim = grammar(RULES.filter((rule) => rule !== BARE_URL));

const FENCE = /```\n?([\s\S]+?)\n?```\n?/;
const QUOTED = /^(?:&gt;|>) ?/;
const QUOTED_TO_END = /(?:^|\n)(?:&gt;|>){3}\s?/;

/** The nodes of a mrkdwn text; `verbatim` leaves bare addresses as text. */
export function mrkdwn(text, { verbatim = false } = {}) {
  const inline = verbatim ? parseVerbatim : parse;
  return text.split(FENCE).map((piece, at) =>
    at % 2 ? h("pre", null, unescaped(piece)) : paragraphs(piece, inline),
  );
}

/** The nodes of a text object of either type. */
export function drawText(object) {
  if (object.type === "mrkdwn") return mrkdwn(object.text, object);
  return plainText(object);
}

/** The bare string of a plain_text object. */
export function plainText(object) {
  const text = unescaped(object?.text ?? "");
  return object?.emoji === false ? text : withEmoji(text);
}

function paragraphs(text, inline) {
  const [before, ...rest] = text.split(QUOTED_TO_END);
  const nodes = runs(before.split("\n"), inline);
  if (rest.length) nodes.push(h("blockquote", null, inline(rest.join("\n"))));
  return nodes;
}

/** Lines gathered into runs that are quoted and runs that are not. */
function runs(lines, inline) {
  const groups = [];
  for (const line of lines) {
    const quoted = QUOTED.test(line);
    if (groups.at(-1)?.quoted !== quoted) groups.push({ quoted, lines: [] });
    groups.at(-1).lines.push(line.replace(QUOTED, ""));
  }
  return groups.map(({ quoted, lines: own }) =>
    quoted ? h("blockquote", null, inline(own.join("\n"))) : inline(own.join("\n")),
  );
}
