import { song, unique } from "./rooms.mjs";

const long = "x".repeat(5000);
const notText = [42, true, {}, []];
const notNumber = ["12", true, {}, [], 1.5];

const text = { isText: true, wrong: [undefined, null, ...notText, ""] };
const shortText = { isText: true, wrong: [...text.wrong, long] };
const optionalText = { isText: true, wrong: [...notText, long] };
const integer = { wrong: [undefined, null, ...notNumber] };
const optionalFlag = { wrong: ["yes", 1, {}, []] };
const flag = { wrong: [undefined, null, ...optionalFlag.wrong] };
const id = { isText: true, wrong: [...text.wrong, "x".repeat(65)] };
const room = { isText: true, wrong: [...text.wrong, "AB", "has space", "-dash", "x".repeat(65)] };
const channel = { isText: true, wrong: [...text.wrong, ":colon", "[bracket", "control\u0007", "x".repeat(256)] };
const position = { wrong: [42, "text", [], {}, { epoch: "e" }, { epoch: 1, offset: 1 }, { epoch: "e", offset: -1 }, { epoch: "e", offset: "1" }] };
const positions = { wrong: [42, "text", [], { "room:x": 1 }, { "room:x": { epoch: "e" } }] };
const track = (changes) => [{ ...song("bad"), ...changes }];
const tracks = {
  wrong: [
    ...[undefined, null, 42, "text", {}, [], [null], [42], [{}], Array.from({ length: 201 }, (_, i) => song(`n${i}`))],
    ...[{ url: null }, { url: 42 }, { url: "x".repeat(2001) }, { url: "ftp://songs.example/a.mp3" }, { url: "javascript:alert(1)" }, { title: "" }, { title: "x".repeat(201) }].map(track),
    ...[{ artist: 42 }, { durationMs: null }, { durationMs: "1000" }, { durationMs: 0 }, { durationMs: 86_400_001 }].map(track),
  ],
  more: [{ value: track({ durationMs: 86_000_000 }), codes: ["TRACK_TOO_LONG"] }],
};
const message = {
  isText: true,
  wrong: [undefined, null, ...notText],
  more: [
    { value: "", codes: ["MESSAGE_EMPTY"] },
    { value: "  \n ", codes: ["MESSAGE_EMPTY"] },
    { value: "x".repeat(501), codes: ["MESSAGE_TOO_LONG"] },
  ],
};
const token = {
  isText: true,
  wrong: text.wrong,
  more: [{ value: "not a token", codes: ["TOKEN_INVALID"] }, { value: `${long}.${long}.${long}`, codes: ["TOKEN_INVALID"] }],
};
const unknownEntry = { isText: true, wrong: shortText.wrong, more: [{ value: "no-such-entry", codes: ["ENTRY_NOT_FOUND"] }] };
const staleEntry = { isText: true, wrong: shortText.wrong, more: [{ value: "no-such-entry", codes: ["STALE_ENTRY"] }] };

/** The values of a field that are to be refused, with the codes that may do it. */
export function wrongFor(kind) {
  return [...(kind.wrong ?? []).map((value) => ({ value })), ...(kind.more ?? [])];
}

const command = { roomId: room, commandId: id };

/** A method with its fields; `make` completes a request that is right but for what a test changes. */
function method(name, fields, make = () => ({}), more = {}) {
  const request = (context) => {
    const roomId = fields.roomId ? { roomId: context.roomId } : {};
    const commandId = fields.commandId ? { commandId: unique("c") } : {};
    return { ...roomId, ...commandId, ...make(context) };
  };
  return { name, fields, request, isOpen: false, needsMembership: fields.roomId !== undefined, ...more };
}

const open = { isOpen: true };
const forAnybody = { needsMembership: false };
const onEntry = ({ entryId }) => ({ entryId });
const onCurrent = ({ currentId }) => ({ entryId: currentId });

/** Every method of docs/protocol.md. */
export const methods = [
  method("Authenticate", { token }, () => ({ token: "x" }), open),
  method("Time", { t1Us: integer }, () => ({ t1Us: 1 }), open),
  method("ListRooms", { max: { wrong: [...notNumber, 0, 101] }, query: optionalText, cursor: optionalText }, () => ({ max: 10 }), open),
  method("Subscribe", { channel, since: position, rewindCount: { wrong: [...notNumber, 0, 101] }, rewindMs: { wrong: [...notNumber, 0, 120_001] } }, ({ main }) => ({ channel: main })),
  method("Unsubscribe", { channel }, () => ({ channel: "nowhere" })),
  method(
    "Publish",
    { channel, id, event: optionalText, data: { wrong: [undefined, null] }, key: optionalText },
    ({ main }) => ({ channel: main, id: unique("p"), event: "hello", data: {} }),
  ),
  method("EnterPresence", { channel, info: { wrong: [{ a: long }] } }, ({ main }) => ({ channel: main })),
  method("LeavePresence", { channel }, () => ({ channel: "nowhere" })),
  method("GetPresence", { channel }, () => ({ channel: "nowhere" })),
  method(
    "CreateRoom",
    { ...command, name: { isText: true, wrong: [...text.wrong, "x".repeat(300)] }, description: optionalText, isListed: optionalFlag },
    () => ({ name: "Another name" }),
    forAnybody,
  ),
  method("JoinRoom", { ...command, info: { wrong: [{ a: long }] }, since: positions }, undefined, forAnybody),
  method("LeaveRoom", command),
  method("GetSnapshot", { roomId: room }),
  method("SendChat", { ...command, text: message }, () => ({ text: "hello" })),
  method("Enqueue", { ...command, tracks }, () => ({ tracks: [song("good")] })),
  method("RemoveEntry", { ...command, entryId: unknownEntry }, onEntry),
  method("Vote", { ...command, entryId: unknownEntry, value: { wrong: [...integer.wrong, 2, -2] } }, (context) => ({ ...onEntry(context), value: 1 })),
  method("VoteSkip", { ...command, entryId: staleEntry, isOn: flag }, (context) => ({ ...onCurrent(context), isOn: true })),
  method("Play", command),
  method("Pause", command),
  method(
    "Seek",
    { ...command, entryId: staleEntry, positionMs: { ...integer, more: [-1, 3_600_001].map((value) => ({ value, codes: ["INVALID_POSITION"] })) } },
    (context) => ({ ...onCurrent(context), positionMs: 1000 }),
  ),
  method("Skip", { ...command, entryId: staleEntry }, onCurrent),
  method("ReportEnded", { roomId: room, entryId: staleEntry }, onCurrent),
  method(
    "ReportHostPosition",
    { roomId: room, entryId: staleEntry, positionMs: { ...integer, more: [-1, 3_600_001].map((value) => ({ value, codes: ["INVALID_POSITION"] })) } },
    (context) => ({ ...onCurrent(context), positionMs: 1000 }),
  ),
  method("TransferHost", { ...command, toUserId: { isText: true, wrong: [...text.wrong, "x".repeat(129)], more: [{ value: "nobody-here", codes: ["NOT_MEMBER"] }] } }, ({ userId }) => ({ toUserId: userId })),
];
