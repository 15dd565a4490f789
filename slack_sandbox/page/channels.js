/** The sidebar: channels, direct messages and apps, with what is unread in each. */

import { fill, h } from "./dom.js";
import { keepingFocus } from "./focus.js";
import { address, nameOf, seat, state } from "./state.js";

export const HOME = "home";

/** Draws the sidebar anew from the state. */
export function drawSidebar(root) {
  const all = [...state.channels.values()].sort((a, b) => titleOf(a).localeCompare(titleOf(b)));
  const direct = all.filter((channel) => channel.is_dm);
  const mine = all.filter((channel) => !channel.is_dm && isMine(channel));
  const rest = all.filter((channel) => !channel.is_dm && !isMine(channel));
  keepingFocus(root, () => fill(root,
    section("Channels", mine.map(entry), "You are in no channel yet."),
    section("Direct messages", direct.map(entry), "Nobody has written to you yet."),
    section("Apps", appNames().map(homeEntry)),
    rest.length > 0 && section("More channels", rest.map(entry)),
  ));
}

const isMine = ({ member, archived }) => member && !archived;

export function titleOf({ name, is_dm: direct, with: other }) {
  return direct ? nameOf(other, other || name) : name;
}

export const signOf = ({ is_dm: direct, private: closed }) => (direct ? "●" : closed ? "🔒" : "#");

/** How often the person who looks is named in what they have not read. */
export function mentionsInAll() {
  return [...state.channels.values()].reduce((sum, { mentions }) => sum + (mentions || 0), 0);
}

/** The bots of this workspace: those one can write to who are nobody in the row of people. */
export function appNames() {
  const names = [...state.channels.values()].filter(({ is_dm: direct }) => direct).map(titleOf);
  const people = new Set([...state.people.values()].filter(({ bot }) => !bot).map((p) => p.name));
  const apps = names.filter((name) => !people.has(name));
  return apps.length ? apps : ["App"];
}

function section(title, entries, otherwise) {
  const content = entries.length ? h("ul", null, entries) : h("p.quiet", null, otherwise);
  return h("section", null, h("h2", null, title), content);
}

function entry(channel) {
  const { id, unread, mentions, member, archived, is_dm: direct } = channel;
  const classes = [unread > 0 && "unread", ((!member && !direct) || archived) && "outside"];
  return line(id, classes, [
    sign(signOf(channel)),
    h("span.name", { title: titleOf(channel) }, titleOf(channel)),
    archived && h("small", null, "archived"),
    count(direct ? unread : mentions, direct ? "unread" : "mentions"),
    unread > 0 && h("span.spoken", null, ", unread"),
  ]);
}

function homeEntry(name) {
  return line(HOME, [], [sign("⌂"), h("span.name", null, `${name} home`)]);
}

const sign = (text) => h("span.sign", { "aria-hidden": "true" }, text);

function line(place, classes, content) {
  const link = h("a", { href: address(place), dataset: { field: place } }, content);
  link.classList.add(...classes.filter(Boolean));
  if (seat().place === place) link.setAttribute("aria-current", "page");
  return h("li", null, link);
}

function count(number, what) {
  if (!number) return null;
  const props = { "aria-label": `${number} ${what}` };
  return h("span.badge", props, number > 99 ? "99+" : String(number));
}
