/** The middle of the page: a channel, a thread or a home tab, each with its header. */

import { HOME, appNames, signOf, titleOf } from "./channels.js";
import { composer } from "./composer.js";
import { fill, h } from "./dom.js";
import { Home } from "./home.js";
import { Conversation } from "./messages.js";
import { address, state } from "./state.js";

/** Shows a place in `root`; what comes back can be refreshed and its header redrawn. */
export function showPlace(root, place) {
  if (place === HOME) return stand(root, new Home(), homeHead, () => NO_FOOT);
  const channel = state.channels.get(place);
  if (!channel) return nowhere(root);
  const content = new Conversation({
    place: { channel: place }, unread: channel.unread, empty: emptySentence(channel),
    label: `Messages in ${titleOf(channel)}`,
  });
  return stand(root, content, () => channelHead(place), () => foot(content));
}

/** Shows a thread in `root`, with a way to close it. */
export function showThread(root, place, thread) {
  const content = new Conversation({
    place: { channel: place, thread }, empty: "This message is gone.", label: "Thread",
  });
  return stand(root, content, () => threadHead(place), () => foot(content));
}

function stand(root, content, drawHead, drawFoot) {
  const head = h("header.head", null);
  const bottom = h("div.foot", null);
  let shown = null;
  redrawHead();
  fill(root, head, content.node, bottom);
  content.open();
  return { refresh: content.refresh, redrawHead, point: (ts) => content.point?.(ts) };

  function redrawHead() {
    fill(head, drawHead());
    const { key, draw } = drawFoot();
    // A box somebody may be typing in stays; only its coming and going is drawn.
    if (key !== shown) fill(bottom, draw());
    shown = key;
  }
}

function nowhere(root) {
  fill(root, h("p.empty", null, "You cannot see this channel. Choose another one on the left."));
  return { refresh: () => {}, redrawHead: () => {}, point: () => {} };
}

function channelHead(id) {
  const channel = state.channels.get(id);
  if (!channel) return h("h1", null, "A channel you cannot see");
  const { topic, member_count: members, is_dm: direct } = channel;
  const count = members === 1 ? "1 member" : `${members} members`;
  return [
    h("h1", null, h("span.sign", null, signOf(channel)), titleOf(channel)),
    topic && h("p.topic", { title: topic }, topic),
    !direct && members > 0 && h("span.quiet.members", null, count),
  ];
}

function homeHead() {
  return [h("h1", null, `${appNames()[0]} home`), h("p.topic", null, "Only you see this")];
}

function threadHead(place) {
  const close = { href: address(place), "aria-label": "Close the thread", id: "close-thread" };
  const channel = state.channels.get(place);
  return [
    h("h1", null, "Thread"), h("p.topic", null, channel ? titleOf(channel) : ""),
    h("a.plain", close, "✕"),
  ];
}

const NO_FOOT = { key: "none", draw: () => null };

/** The message box, or the reason why there is none. */
function foot(content) {
  const { channel: id, thread } = content.place;
  const channel = state.channels.get(id);
  const reason = whyClosed(channel);
  if (reason) return { key: reason, draw: () => h("p.closed", null, reason) };
  const name = channel.is_dm ? titleOf(channel) : `#${channel.name}`;
  const label = thread ? "Reply…" : `Message ${name}`;
  return { key: "box", draw: () => composer(content.place, label, () => content.toFoot()) };
}

function whyClosed(channel) {
  if (!channel) return "You cannot see this channel any more.";
  if (channel.archived) return "This channel is archived; it can only be read.";
  if (!channel.member && !channel.is_dm) return "You are not a member of this channel.";
  return null;
}

function emptySentence({ name, is_dm: direct }) {
  if (direct) return "Nothing has been said here yet.";
  return `This is the beginning of #${name}. Say something.`;
}
