/** Starts the page: who looks is in the address, what they see follows from it and from hints. */

import { RETRY_AFTER, attempt, coalesced, get, listen } from "./api.js";
import { drawSidebar, mentionsInAll } from "./channels.js";
import { Modal } from "./modal.js";
import { remember, startLinks } from "./links.js";
import { drawPeople } from "./people.js";
import { showPlace, showThread } from "./places.js";
import { address, parseAddress, seat, state } from "./state.js";
import { startTheme } from "./theme.js";
import { toast } from "./toast.js";

const root = (id) => document.getElementById(id);
const modal = new Modal();
let shown = {};
let place = null;
let thread = null;
let stopListening = () => {};

function start() {
  startTheme(root("theme"));
  startDrawer();
  startLinks();
  addEventListener("hashchange", follow);
  document.addEventListener("visibilitychange", () => document.hidden || place?.refresh());
  begin();
}

async function begin() {
  if (await attempt(loadPeople)) follow();
  else setTimeout(begin, RETRY_AFTER);
}

async function loadPeople() {
  const { people, commands, shortcuts, team } = await get("people");
  state.people = new Map(people.map((person) => [person.id, person]));
  Object.assign(state, { commands: commands ?? [], shortcuts: shortcuts ?? [], team: team ?? {} });
  root("team").textContent = state.team.name ?? "Slack sandbox";
  return true;
}

const loadChannels = coalesced(() => attempt(async () => {
  const { channels } = await get("channels");
  state.channels = new Map(channels.map((channel) => [channel.id, channel]));
  redrawFrame();
}));

function redrawFrame() {
  drawSidebar(root("sidebar"));
  place?.redrawHead();
  thread?.redrawHead();
  const mentions = mentionsInAll();
  document.title = `${mentions ? `(${mentions}) ` : ""}${state.team.name ?? "Slack sandbox"}`;
}

/** Goes where the address says. */
async function follow() {
  const wanted = parseAddress(location.hash);
  const person = state.people.has(wanted.person) ? wanted.person : firstHuman();
  if (!person) return;
  if (person !== state.me) await become(person);
  // While the channels came, somebody else may have been chosen.
  if (person !== state.me) return;
  if (!wanted.place) return location.replace(address(...usualPlace()));
  go(wanted);
}

const firstHuman = () => [...state.people.values()].find(({ bot }) => !bot)?.id;

async function become(person) {
  stopListening();
  [place, thread] = [null, null];
  Object.assign(state, { me: person, channels: new Map() });
  remember(person);
  stopListening = listen(person, hinted, connection);
  drawPeople(root("people"));
  announce("person", person);
  modal.refresh();
  await loadChannels();
}

/** Where this person was last, or else the first channel they are in. */
function usualPlace() {
  const { place: last, thread: open } = seat();
  const all = [...state.channels.values()];
  const first = all.find(({ member, is_dm: direct }) => member && !direct) ?? all[0];
  return last ? [last, open] : [first?.id ?? "home"];
}

function go({ place: next, thread: ts, message }) {
  const moved = shown.person !== state.me || shown.place !== next;
  if (moved) place = showPlace(root("place"), next);
  if (moved || shown.thread !== ts) openThread(next, ts);
  shown = { person: state.me, place: next, thread: ts };
  Object.assign(seat(), { place: next, thread: ts });
  closeDrawer();
  redrawFrame();
  if (message) pointAt(message);
}

async function pointAt(message) {
  const found = await attempt(async () => (await (thread ?? place).point(message)) ?? true);
  if (found === false) toast("This message is gone.", "wrong");
}

function openThread(channel, ts) {
  root("thread").hidden = !ts;
  thread = ts ? showThread(root("thread"), channel, ts) : null;
  if (!ts) root("thread").replaceChildren();
}

/** A hint says only what changed; the page asks anew for that and nothing else. */
function hinted(hint) {
  HINTS[hint.type]?.(hint);
  announce("hint", hint);
}

/** Extras of the page listen to the document: hints, and who looks now. */
const announce = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

const HINTS = {
  message: conversationChanged,
  changed: conversationChanged,
  deleted: conversationChanged,
  ephemeral: conversationChanged,
  view: () => modal.refresh(),
  home: () => seat().place === "home" && place?.refresh(),
  channels: () => loadChannels(),
  notice: ({ text, message }) => toast(text ?? message ?? ""),
};

function conversationChanged({ type, channel }) {
  if (channel === seat().place) {
    place?.refresh();
    thread?.refresh();
  }
  if (type !== "changed") loadChannels();
}

let lost = false;

function connection(status) {
  const notice = root("notice");
  notice.hidden = status === "live";
  notice.textContent = "The connection to the sandbox is lost. Trying again…";
  // What happened before the stream stood, the page has not heard of.
  if (status === "live" && lost) refreshAll();
  else if (status === "live") place?.refresh();
  lost = status === "lost";
}

// Whoever was away may have missed anything, new people and commands too.
async function refreshAll() {
  await attempt(loadPeople);
  drawPeople(root("people"));
  await loadChannels();
  place?.refresh();
  thread?.refresh();
  modal.refresh();
  announce("person", state.me);
}

function startDrawer() {
  root("drawer").addEventListener("click", () => toggleDrawer(!isDrawn()));
  // Where one is already, no address changes: the drawer closes all the same.
  root("sidebar").addEventListener("click", ({ target }) => target.closest("a") && closeDrawer());
  root("skip").addEventListener("click", (event) => {
    event.preventDefault();
    root("place").focus();
  });
  addEventListener("keydown", (event) => event.key === "Escape" && escaped(event));
  root("desk").addEventListener("click", ({ target }) => target === root("desk") && closeDrawer());
}

const isDrawn = () => document.body.classList.contains("drawn");

function toggleDrawer(open) {
  document.body.classList.toggle("drawn", open);
  root("drawer").setAttribute("aria-expanded", String(open));
  if (open) root("sidebar").querySelector("a")?.focus();
}

const closeDrawer = () => toggleDrawer(false);

/** Esc closes the drawer, else the thread; what floats above has taken the key before. */
function escaped({ defaultPrevented }) {
  const floats = document.querySelector(":popover-open:not(#toasts), dialog[open]");
  if (defaultPrevented || floats) return;
  if (isDrawn()) closeDrawer();
  else if (thread) location.hash = address(seat().place);
}

start();
