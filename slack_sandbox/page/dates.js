/** Slack's date tokens (`{date_short_pretty} at {time}`) in the viewer's own zone. */

import { h } from "./dom.js";
import { me, now } from "./state.js";

const DAY = 86_400_000;
const LONG = { weekday: "long", month: "long", day: "numeric", year: "numeric" };
const MIDDLE = { month: "long", day: "numeric", year: "numeric" };
const SHORT = { month: "short", day: "numeric", year: "numeric" };
const TIME = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

const TOKENS = {
  date_num: (at) => isoDay(at),
  date_slash: (at) => isoDay(at).replaceAll("-", "/"),
  date: (at) => spell(at, MIDDLE),
  date_short: (at) => spell(at, SHORT),
  date_long: (at) => spell(at, LONG),
  date_pretty: (at) => relativeDay(at) ?? spell(at, MIDDLE),
  date_short_pretty: (at) => relativeDay(at) ?? spell(at, SHORT),
  date_long_pretty: (at) => relativeDay(at) ?? spell(at, LONG),
  day_divider_pretty: (at) => relativeDay(at) ?? spell(at, LONG),
  time: (at) => spell(at, TIME),
  time_secs: (at) => spell(at, { ...TIME, second: "2-digit" }),
  ago: (at) => ago(at),
};

/** Fills a format of date tokens with the moment `at` (milliseconds). */
export function formatted(format, at) {
  const text = format.replace(/\{(\w+)\}/g, (token, name) => TOKENS[name]?.(at) ?? token);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export const clockTime = (at) => TOKENS.time(at);
export const dayName = (at) => formatted("{day_divider_pretty}", at);
export const fullMoment = (at) => formatted("{date_long} at {time_secs}", at);

/** The node of a date token; a moment that is none shows its fallback. */
export function dateNode({ timestamp, format, fallback }) {
  const at = Number(timestamp) * 1000;
  if (!Number.isFinite(at) || Math.abs(at) > 8.64e15) return fallback ?? "";
  const props = { datetime: new Date(at).toISOString(), title: fullMoment(at) };
  return h("time", props, formatted(format, at));
}

function spell(at, options, locale = "en-GB") {
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: zone() }).format(at);
}

const isoDay = (at) => spell(at, { year: "numeric", month: "2-digit", day: "2-digit" }, "sv-SE");

const zone = () => me()?.time_zone ?? me()?.tz ?? undefined;

function relativeDay(at) {
  const names = { [isoDay(now())]: "today", [isoDay(now() - DAY)]: "yesterday" };
  return { [isoDay(now() + DAY)]: "tomorrow", ...names }[isoDay(at)];
}

const STEPS = [["day", 86_400], ["hour", 3_600], ["minute", 60], ["second", 1]];

function ago(at) {
  const seconds = Math.round((at - now()) / 1000);
  // 59 min 40 s is an hour, and 1 h 59 min is nearer to two hours than to one.
  const least = (at) => STEPS[at][1] - (STEPS[at + 1]?.[1] ?? 0) / 2;
  const [unit, size] = STEPS.find((_, at) => Math.abs(seconds) >= least(at)) ?? STEPS.at(-1);
  const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  return words.format(Math.round(seconds / size), unit);
}
