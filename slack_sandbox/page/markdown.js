/** The `markdown` block: the common part of Markdown, with Slack's own tokens alive in it. */

import { h } from "./dom.js";
import { CODE, EMOJI, TOKEN, BARE_URL, grammar, link, styled, unescaped } from "./inline.js";

const LINK = ["!?\\[[^\\]\\n]*\\]\\([^()\\s]+\\)", (text) => namedLink(text)];
const inline = grammar([
  CODE, LINK, TOKEN, BARE_URL, EMOJI,
  styled("**", "strong"), styled("__", "strong"), styled("~~", "s"),
  styled("*", "em"), styled("_", "em"),
]);

/** Each kind of block: the line that begins it, the lines that go on with it, and its drawing. */
const KINDS = [
  { starts: /^```/, takes: fence, draw: (lines) => preformatted(lines) },
  { starts: /^#{1,6} /, takes: () => 1, draw: ([line]) => heading(line) },
  { starts: /^(?:-{3,}|\*{3,}|_{3,})\s*$/, takes: () => 1, draw: () => h("hr") },
  { starts: /^(?:>|&gt;)/, takes: alike, draw: (lines) => quote(lines) },
  { starts: /^\s*[-*+] /, takes: alike, draw: (lines) => list("ul", lines) },
  { starts: /^\s*\d+[.)] /, takes: alike, draw: (lines) => list("ol", lines) },
  { starts: /^\|.*\|\s*$/, takes: alike, draw: (lines) => table(lines) },
];
const PARAGRAPH = {
  starts: /\S/, takes: paragraph, draw: (lines) => h("p", null, inline(lines.join("\n"))),
};

/** The nodes of a Markdown text. */
export function markdown(text) {
  const nodes = [];
  let rest = text.split("\n");
  while (rest.length) {
    const kind = kindOf(rest[0]);
    const count = kind ? kind.takes(rest, kind) : 1;
    if (kind) nodes.push(kind.draw(rest.slice(0, count)));
    rest = rest.slice(count);
  }
  return nodes;
}

const kindOf = (line) =>
  KINDS.find(({ starts }) => starts.test(line)) ?? (PARAGRAPH.starts.test(line) ? PARAGRAPH : null);

function fence(lines) {
  const end = lines.findIndex((line, at) => at > 0 && line.startsWith("```"));
  return end < 0 ? lines.length : end + 1;
}

function alike(lines, { starts }) {
  const end = lines.findIndex((line) => !starts.test(line));
  return end < 0 ? lines.length : end;
}

function paragraph(lines) {
  const end = lines.findIndex((line) => kindOf(line) !== PARAGRAPH);
  return end < 0 ? lines.length : end;
}

function preformatted([, ...lines]) {
  if (lines.at(-1)?.startsWith("```")) lines.pop();
  return h("pre", null, unescaped(lines.join("\n")));
}

function heading(line) {
  const [marks] = line.match(/^#+/);
  // The page's own headings are above these, whatever the text says.
  const level = Math.min(marks.length + 2, 6);
  return h(`h${level}`, null, inline(line.slice(marks.length).trim()));
}

function quote(lines) {
  const inner = lines.map((line) => line.replace(/^(?:>|&gt;) ?/, ""));
  return h("blockquote", null, markdown(inner.join("\n")));
}

function list(tag, lines) {
  const items = lines.map((line) => {
    const [, indent, task, text] = line.match(/^(\s*)(?:[-*+]|\d+[.)]) (\[[ xX]\] )?(.*)$/);
    const mark = task ? (task[1] === " " ? "☐ " : "☑ ") : "";
    const depth = Math.min(Math.floor(indent.length / 2), 4);
    return h(`li.depth-${depth}`, null, mark, inline(text));
  });
  return h(tag, null, items);
}

function table(lines) {
  const rows = lines.map((line) => line.trim().slice(1, -1).split("|").map((cell) => cell.trim()));
  const [head, ...others] = rows.filter((row) => !row.every((cell) => /^:?-+:?$/.test(cell)));
  const row = (tag, cells) => h("tr", null, cells.map((cell) => h(tag, null, inline(cell))));
  const thead = h("thead", null, row("th", head ?? []));
  const tbody = h("tbody", null, others.map((cells) => row("td", cells)));
  return h("div.sheet", { tabindex: 0 }, h("table", null, thead, tbody));
}

function namedLink(text) {
  const [, label, target] = text.match(/^!?\[([^\]]*)\]\((.+)\)$/);
  return link(target, label);
}
