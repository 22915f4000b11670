import type { Closing, DeliveryClass, Detached, Frame, HistoryPage, Lost, Occupancy, Position, Publication, Published, Recovery, Verdict } from "./channels.js";
import { anything, count, listOf, mapOf, number, off, oneOf, or, orNull, record, text, zero } from "./parse.js";

// What the server sends of channels. A publication that does not parse is left out, which shows as a gap.

export const position = record<Position>({ epoch: text, offset: count });

export const publication = record<Publication>(
  { offset: count, id: or(text, ""), timeMs: zero, publisher: orNull(text), event: orNull(text), data: anything, key: orNull(text) },
  {
    publisherKind: oneOf<"room" | "server" | "anonymous">("room", "server", "anonymous"),
    encoding: oneOf<"text" | "base64">("text", "base64"),
    headers: mapOf(text),
    extras: mapOf(anything),
  },
);

export const verdict = oneOf<Verdict>("live", "recovered", "lost");

const deliveryClass = oneOf<DeliveryClass>("ordered", "conflated");

export const frame = record<Frame>({
  channel: text,
  epoch: text,
  class: deliveryClass,
  previousOffset: count,
  headOffset: count,
  publications: listOf(publication),
});

export const recovery = record<Recovery>({
  channel: text,
  position,
  verdict,
  class: deliveryClass,
  lostFrom: orNull(count),
  lostTo: orNull(count),
  publications: listOf(publication),
});

export const historyPage = record<HistoryPage>({ publications: listOf(publication), position, next: orNull(count), isComplete: off });

export const lost = record<Lost>({ channel: text, position, lostFrom: orNull(count), lostTo: orNull(count) });

export const detached = record<Detached>({ channel: text, code: text });

export const occupancy = record<Occupancy>({ channel: text, connections: count, users: count, subscribers: count });

export const closing = record<Closing>({ code: text, reconnectAfterMs: orNull(number) });

export const published = record<Published>({ position, timeMs: zero });
