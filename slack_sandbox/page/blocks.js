/** Block Kit → DOM: one drawing per block type, in a table. */

import { freshId, h } from "./dom.js";
import { drawElement } from "./elements.js";
import { markdown } from "./markdown.js";
import { drawText, plainText } from "./mrkdwn.js";
import { richText } from "./richtext.js";

const BLOCKS = {
  section, context, actions, alert, header, image, input, table,
  divider: () => h("hr"),
  rich_text: (block) => h("div.rich", null, richText(block)),
  markdown: ({ text }) => h("div.rich", null, markdown(text)),
};

/** The nodes of `blocks` on a surface; `errors` are the texts under inputs, by block id. */
export function drawBlocks(blocks, surface, errors = {}) {
  return blocks.map((block) => {
    const draw = BLOCKS[block.type] ?? unknown;
    const node = draw(block, surface, errors[block.block_id]);
    node.classList.add("block", `block-${block.type}`);
    return node;
  });
}

const unknown = ({ type }) => h("p.quiet", null, `“${type}” cannot be drawn here.`);

function alert({ text, level = "default" }) {
  return h(`div.alert-${level}`, { role: "note" }, h("div.running", null, drawText(text)));
}

function section(block, surface) {
  const { text, fields, accessory } = block;
  return h("div", null,
    h("div.words", null,
      text && h("div.running", null, drawText(text)),
      fields && h("div.fields", null,
        fields.map((field) => h("div.running", null, drawText(field)))),
    ),
    accessory && h("div.accessory", null, part(accessory, block, surface)),
  );
}

function context(block, surface) {
  const texts = block.elements.map((element) => part(element, block, surface));
  return h("div", null, texts);
}

function actions(block, surface) {
  return h("div", null, block.elements.map((element) => part(element, block, surface)));
}

/** A text, an image or an element, wherever a block may hold any of them. */
function part(element, block, surface) {
  if (element.type === "image") return picture(element);
  if (element.type === "mrkdwn" || element.type === "plain_text") {
    return h("span.running", null, drawText(element));
  }
  return drawElement(element, block, surface);
}

function header({ text }) {
  return h("h3", null, plainText(text));
}

function image({ title, ...rest }) {
  return h("figure", null, title && h("figcaption", null, plainText(title)), picture(rest));
}

/** An image of this very server; of any other only its description, which is never fetched. */
function picture({ image_url: url, slack_file: file, alt_text: alt }) {
  const source = url ?? file?.url ?? "";
  if (isOurs(source)) return h("img", { src: source, alt, loading: "lazy" });
  return h("span.picture", { role: "img", "aria-label": alt }, `🖼 ${alt}`);
}

function isOurs(source) {
  if (source.startsWith("data:image/")) return true;
  const { href, origin } = location;
  return URL.canParse(source, href) && new URL(source, href).origin === origin;
}

function table({ rows, column_settings: settings = [] }) {
  const [head, ...others] = rows;
  const row = (tag, cells) =>
    h("tr", null, cells.map((cell, at) =>
      h(`${tag}.align-${settings[at]?.align ?? "left"}`, null, drawCell(cell))));
  return h("div.sheet", { tabindex: 0, role: "region", "aria-label": "Table" },
    h("table", null,
      h("thead", null, row("th", head)), h("tbody", null, others.map((cells) => row("td", cells))),
    ),
  );
}

const drawCell = (cell) => (cell.type === "rich_text" ? richText(cell) : String(cell.text ?? ""));

function input(block, surface, error) {
  const { label, hint, optional, element } = block;
  const [id, labelId, notes] = [freshId("input"), freshId("label"), freshId("notes")];
  const drawn = drawElement(element, block, surface, {
    id, labelled: labelId, described: notes, label: plainText(label),
  });
  const node = h("div", { dataset: { block: block.block_id } },
    h("label", { id: labelId, for: id }, plainText(label),
      optional && h("small", null, " (optional)")),
    drawn,
    h("div", { id: notes },
      h("p.fault", { role: "alert" }), hint && h("small", null, plainText(hint))),
  );
  showFault(node, error);
  return node;
}

/** Shows, or with nothing hides, the text of what is wrong with an input. */
export function showFault(node, text) {
  node.querySelector(".fault").textContent = text ?? "";
  const control = node.querySelector("input, textarea, .picker");
  if (text) control?.setAttribute("aria-invalid", "true");
  else control?.removeAttribute("aria-invalid");
}
