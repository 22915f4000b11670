import type { Closing, DeliveryClass, Detached, Frame, Lost, Position, Publication, Published, Recovery, Verdict } from "./channels.js";
import { anything, listOf, mapOf, number, oneOf, or, orNull, record, text } from "./parse.js";

// What the server sends of channels. A publication that does not parse is left out, which shows as a gap.

export const position = record<Position>({ epoch: text, offset: number });

export const publication = record<Publication>(
  { offset: number, id: or(text, ""), timeMs: or(number, 0), publisher: orNull(text), event: orNull(text), data: anything, key: orNull(text) },
  {
    publisherKind: oneOf<"room" | "server">("room", "server"),
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
  previousOffset: number,
  headOffset: number,
  publications: listOf(publication),
});

export const recovery = record<Recovery>({
  channel: text,
  position,
  verdict,
  class: deliveryClass,
  lostFrom: orNull(number),
  lostTo: orNull(number),
  publications: listOf(publication),
});

export const lost = record<Lost>({ channel: text, position, lostFrom: orNull(number), lostTo: orNull(number) });

export const detached = record<Detached>({ channel: text, code: text });

export const closing = record<Closing>({ code: text, reconnectAfterMs: orNull(number) });

export const published = record<Published>({ position, timeMs: or(number, 0) });
