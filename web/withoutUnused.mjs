/** What SignalR has for browsers without fetch, of which there are none here, and for its stateful reconnect, which the client library does not ask for. */
const unused = /\/(XhrHttpClient|MessageBuffer)$/;

/** The client library has SignalR write no log: its sentences are a tenth of what somebody who comes by a link would load. */
const logging = /\b(?:this\._)?logger\.log\(/g;

/** What it asks of where it runs, which is a browser here: what it has for Node, and for browsers without fetch, is left out. */
const surroundings = [
  [/\bPlatform\.(?:isNode|isReactNative)\b|\btypeof (?:fetch|AbortController) === "undefined"/g, "false"],
  [/\bPlatform\.isBrowser\b|\btypeof fetch !== "undefined"/g, "true"],
];

const ofSignalR = (code) => surroundings.reduce((known, [asked, answer]) => known.replaceAll(asked, answer), code.replaceAll(logging, "0 && ("));

/** Leaves out of a build what SignalR has and the page never uses. */
export const withoutUnused = {
  name: "without-unused",
  enforce: "pre",
  resolveId: (source, importer) => (unused.test(source) && importer?.includes("@microsoft/signalr") ? `\0unused${source}` : null),
  load: (id) => (id.startsWith("\0unused") ? `export class ${unused.exec(id)[1]} {}` : null),
  transform: (code, id) => (id.includes("/@microsoft/signalr/") ? { code: ofSignalR(code), map: null } : null),
};
