/** Talks to the sandbox: requests as the person who looks, and the stream of hints. */

import { state } from "./state.js";
import { toast } from "./toast.js";

export class Refusal extends Error {}

const REASONS = {
  operation_timeout: "The app did not answer in time.",
  dispatch_failed: "The app is not connected.",
  not_in_channel: "You are not a member of this channel.",
  is_archived: "This channel is archived.",
};

export function get(path, params = {}) {
  const query = new URLSearchParams({ as: state.me ?? "" });
  for (const [name, value] of Object.entries(params)) if (value) query.set(name, value);
  return request(`${whole(path)}?${query}`);
}

export function post(path, body) {
  return request(whole(path), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ as: state.me, ...body }),
  });
}

// An extra of the page has addresses of its own.
const whole = (path) => (path.startsWith("/") ? path : `/page/${path}`);

async function request(url, options) {
  const response = await fetch(url, options).catch(() => {
    throw new Refusal("The sandbox cannot be reached. Is it still running?");
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok || answer.ok === false) throw new Refusal(reason(answer, response.status));
  return answer;
}

function reason({ message, error }, status) {
  const text = message ?? REASONS[error] ?? error ?? `the sandbox answered ${status}`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Runs what a person asked for; a refusal is shown to them, and `null` comes back. */
export async function attempt(task) {
  try {
    return await task();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    toast(error.message, "wrong");
    return null;
  }
}

const BREATH = 100;

/** Runs a task once at a time; calls that come meanwhile become one more run a breath later. */
export function coalesced(task) {
  let running = null;
  let again = false;
  const run = async () => {
    while (again) {
      again = false;
      await task();
      // In a deluge of hints the page asks ten times a second, not as fast as it can.
      if (again) await new Promise((wake) => setTimeout(wake, BREATH));
    }
  };
  return () => {
    again = true;
    running ??= run().finally(() => (running = null));
    return running;
  };
}

export const RETRY_AFTER = 2000;

/** Listens to the hints for one person until the returned function is called. */
export function listen(person, onHint, onStatus) {
  let source = null;
  let timer = null;
  const open = () => {
    source = new EventSource(`/page/events?${new URLSearchParams({ as: person })}`);
    source.onopen = () => onStatus("live");
    source.onmessage = (event) => onHint(JSON.parse(event.data));
    source.onerror = () => {
      // The browser's own retries end for good at the first answer that is not a stream.
      source.close();
      onStatus("lost");
      timer = setTimeout(open, RETRY_AFTER);
    };
  };
  open();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}
