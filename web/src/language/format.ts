const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Numbers and times as a language writes them. */
export interface Format {
  number(value: number): string;
  /** A share of one: `50%`. */
  percent(share: number): string;
  /** Minutes and seconds of a song: `3:07`. */
  clock(ms: number): string;
  /** The time of day. */
  time(atMs: number): string;
  /** The day and the time of day; of today the time alone. */
  date(atMs: number): string;
  /** Several as one: `Ann, Bob and Cyd`. */
  list(items: readonly string[]): string;
  /** A length of time, to the unit that matters: `5 min`. */
  duration(ms: number): string;
}

export function formatIn(language: string): Format {
  const numbers = new Intl.NumberFormat(language);
  const seconds = new Intl.NumberFormat(language, { minimumIntegerDigits: 2 });
  const times = new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit" });
  const dates = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
  const lists = new Intl.ListFormat(language);
  const unit = (value: number, name: string): string => new Intl.NumberFormat(language, { style: "unit", unit: name, unitDisplay: "short" }).format(Math.ceil(value));
  return {
    number: (value) => numbers.format(value),
    percent: (share) => share.toLocaleString(language, { style: "percent" }),
    clock: (ms) => {
      const whole = Math.max(0, Math.floor(ms / 1_000));
      return `${numbers.format(Math.floor(whole / 60))}:${seconds.format(whole % 60)}`;
    },
    time: (atMs) => times.format(atMs),
    date: (atMs) => (new Date(atMs).toDateString() === new Date().toDateString() ? times : dates).format(atMs),
    list: (items) => lists.format(items),
    duration: (ms) => {
      if (ms < minuteMs) return unit(ms / 1_000, "second");
      if (ms < hourMs) return unit(ms / minuteMs, "minute");
      return ms < dayMs ? unit(ms / hourMs, "hour") : unit(ms / dayMs, "day");
    },
  };
}
