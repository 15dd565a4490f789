/** What the page knows: who looks, who there is, which channels, and each person's place. */

export const state = {
  me: null,
  people: new Map(),
  channels: new Map(),
  commands: [],
  shortcuts: [],
  team: {},
  latest: 0,
  ahead: 0,
};

const seats = new Map();

/** The place, thread and unsent texts of the person who looks; they outlive a switch of person. */
export function seat(person = state.me) {
  if (!seats.has(person)) seats.set(person, { place: null, thread: null, drafts: new Map() });
  return seats.get(person);
}

export const me = () => state.people.get(state.me);

export function nameOf(id, otherwise = id) {
  return state.people.get(id)?.name ?? otherwise;
}

/** Learns from a message: a bot's name, and how far the sandbox's clock runs ahead. */
export function observe({ ts, user, name, bot }) {
  if (bot && user && !state.people.has(user)) state.people.set(user, { id: user, name, bot });
  state.latest = Math.max(state.latest, ts * 1000);
}

export const now = () => Math.max(Date.now() + state.ahead, state.latest);

/** The address of a place: `#person/place/thread/message`, without what is empty at its end. */
export function address(place, thread = null, person = state.me, message = null) {
  const parts = [person, place, thread, message].map((part) => encodeURIComponent(part ?? ""));
  return `#${parts.join("/").replace(/\/+$/, "")}`;
}

export function parseAddress(hash) {
  const parts = hash.replace(/^#/, "").split("/").map(decodeURIComponent);
  const [person, place, thread, message] = parts.map((part) => part || null);
  return { person, place, thread, message };
}
