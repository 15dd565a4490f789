/** Links to messages, as Slack writes them: `/archives/C1/p1763630000000100?thread_ts=…`. */

import { address, state } from "./state.js";

const KEY = "sandbox-person";
const MESSAGE = /^\/archives\/([^/]+)(?:\/p(\d+)(\d{6}))?\/?$/;

/** From here on a link to this workspace opens here, and no other page. */
export function startLinks() {
  arrive();
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (link && !elsewhere && visited(link.href)) event.preventDefault();
  });
}

/** Opens what an address leads to: here, where it is one of ours. */
export function openLink(url) {
  if (/^https?:/i.test(url) && !visited(url)) window.open(url, "_blank", "noopener,noreferrer");
}

/** The link to a message, for somebody to pass on. */
export function linkTo({ ts, thread_ts: thread }, channel) {
  const link = `${state.team.url ?? `${location.origin}/`}archives/${channel}/p${ts.replace(".", "")}`;
  return thread && thread !== ts ? `${link}?thread_ts=${thread}&cid=${channel}` : link;
}

/** Whoever looked last: a link that is opened by itself does not say who opens it. */
export function remember(person) {
  try {
    localStorage.setItem(KEY, person);
  } catch {
    /* the first person then opens it */
  }
}

function visited(href) {
  const to = target(href);
  if (!to) return false;
  const wanted = address(to.place, to.thread, state.me, to.message);
  if (location.hash === wanted) dispatchEvent(new HashChangeEvent("hashchange"));
  else location.hash = wanted;
  return true;
}

/** The page was opened by such a link. */
function arrive() {
  const to = target(location.href);
  if (!to) return;
  history.replaceState(null, "", `/${address(to.place, to.thread, remembered(), to.message)}`);
}

function target(href) {
  const url = new URL(href, location.href);
  if (![location.origin, originOf(state.team.url)].includes(url.origin)) return null;
  const [found, place, seconds, micros] = MESSAGE.exec(url.pathname) ?? [];
  if (!found) return null;
  const thread = url.searchParams.get("thread_ts");
  return { place, thread, message: seconds ? `${seconds}.${micros}` : null };
}

const originOf = (url) => (url ? new URL(url).origin : null);

function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
