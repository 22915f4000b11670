import { HttpTransportType } from "@microsoft/signalr";
import assert from "node:assert/strict";
import { test } from "node:test";
import { TransportChoice } from "../src/connection/TransportChoice.js";

const { None, WebSockets, ServerSentEvents, LongPolling } = HttpTransportType;
const direct = { skipNegotiation: true, transport: WebSockets };
const negotiated = (transport: HttpTransportType) => ({ skipNegotiation: false, transport });
const all = WebSockets | ServerSentEvents | LongPolling;

test("a WebSocket without negotiation comes first", () => {
  assert.deepEqual(new TransportChoice().next(), direct);
});

test("where it fails the next attempt negotiates, and the one after that is direct again", () => {
  const choice = new TransportChoice();
  choice.failed(choice.next(), None);
  assert.deepEqual(choice.next(), negotiated(all));
  choice.failed(choice.next(), None);
  assert.deepEqual(choice.next(), direct);
});

test("where it has worked it may fail twice, and then it is by turns", () => {
  const choice = new TransportChoice();
  choice.worked(choice.next());
  for (let i = 0; i < 3; i++) {
    assert.deepEqual(choice.next(), direct);
    choice.failed(choice.next(), WebSockets);
  }
  for (let i = 0; i < 2; i++) {
    assert.deepEqual(choice.next(), negotiated(all));
    choice.failed(choice.next(), None);
    assert.deepEqual(choice.next(), direct);
    choice.failed(choice.next(), None);
  }
});

test("a transport that hung is left out of the next negotiation, until all have hung", () => {
  const choice = new TransportChoice();
  choice.failed(choice.next(), None);
  choice.failed(choice.next(), ServerSentEvents);
  assert.deepEqual(choice.next(), negotiated(WebSockets | LongPolling));
  choice.failed(choice.next(), WebSockets);
  assert.deepEqual(choice.next(), negotiated(LongPolling));
  choice.failed(choice.next(), LongPolling);
  assert.deepEqual(choice.next(), direct);
  choice.failed(choice.next(), None);
  assert.deepEqual(choice.next(), negotiated(all));
});

test("after a negotiated connection the next attempt is direct, and what hung stays left out", () => {
  const choice = new TransportChoice();
  choice.failed(choice.next(), None);
  choice.failed(choice.next(), ServerSentEvents);
  choice.worked(choice.next());
  assert.deepEqual(choice.next(), direct);
  choice.failed(choice.next(), None);
  assert.deepEqual(choice.next(), negotiated(WebSockets | LongPolling));
});

test("once a direct connection works, nothing is left out", () => {
  const choice = new TransportChoice();
  choice.failed(choice.next(), None);
  choice.failed(choice.next(), ServerSentEvents);
  choice.failed(choice.next(), None);
  choice.worked(choice.next());
  for (let i = 0; i < 3; i++) choice.failed(choice.next(), None);
  assert.deepEqual(choice.next(), negotiated(all));
});
