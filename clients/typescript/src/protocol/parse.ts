/** Reads a JSON value of unknown shape: the value as its type, or undefined where it is not one. */
export type Parser<T> = (value: unknown) => T | undefined;

export const text: Parser<string> = (value) => (typeof value === "string" ? value : undefined);

export const number: Parser<number> = (value) => (typeof value === "number" && Number.isFinite(value) ? value : undefined);

/** A number of things: no fraction, not negative, and below 2^53, from where on JavaScript takes one number for another. */
export const count: Parser<number> = (value) => (Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined);

export const flag: Parser<boolean> = (value) => (typeof value === "boolean" ? value : undefined);

/** JSON that nobody has checked; whoever uses it does. */
export const anything: Parser<unknown> = (value) => value ?? null;

export function oneOf<T extends string>(...words: readonly T[]): Parser<T> {
  return (value) => words.find((word) => word === value);
}

/** Whatever does not parse is null. */
export function orNull<T>(parser: Parser<T>): Parser<T | null> {
  return (value) => parser(value) ?? null;
}

/** Whatever does not parse is this. */
export function or<T>(parser: Parser<T>, instead: T): (value: unknown) => T {
  return (value) => parser(value) ?? instead;
}

/** What is no list is an empty one; elements that do not parse are left out. */
export function listOf<T>(parser: Parser<T>): (value: unknown) => T[] {
  return (value) => (Array.isArray(value) ? value.map(parser).filter((element) => element !== undefined) : []);
}

/** What is no object is an empty one; members that do not parse are left out. */
export function mapOf<T>(parser: Parser<T>): (value: unknown) => Record<string, T> {
  return (value) => {
    const members = isObject(value) ? Object.entries(value).map(([key, member]) => [key, parser(member)] as const) : [];
    return Object.fromEntries(members.filter((member): member is readonly [string, T] => member[1] !== undefined));
  };
}

type Optional<T> = { [K in keyof T]-?: object extends Pick<T, K> ? K : never }[keyof T];

/**
 * An object with these members; undefined where one of them does not parse. Optional members are left out where they are not there or do not parse; other members are
 * ignored.
 */
export function record<T extends object>(
  members: { [K in Exclude<keyof T, Optional<T>>]: Parser<T[K]> } & { [K in Optional<T>]?: Parser<T[K]> },
  optional: { [K in Optional<T>]?: Parser<NonNullable<T[K]>> } = {},
): Parser<T> {
  const required: { [K in keyof T]?: Parser<T[K]> } = members;
  const keys = Object.keys(members) as (keyof T)[];
  const optionalKeys = Object.keys(optional) as Optional<T>[];
  return (value) => {
    if (!isObject(value)) return undefined;
    const made: Partial<T> = {};
    for (const key of keys) {
      const member = required[key]?.(Object.hasOwn(value, key) ? value[key as string] : undefined);
      if (member === undefined) return undefined;
      made[key] = member;
    }
    for (const key of optionalKeys) {
      const member = Object.hasOwn(value, key) ? optional[key]?.(value[key as string]) : undefined;
      if (member !== undefined) made[key] = member;
    }
    return made as T;
  };
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A number; zero where it is none. */
export const zero = or(number, 0);

/** A flag; off where it is none. */
export const off = or(flag, false);
