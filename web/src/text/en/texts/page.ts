import { countIn } from "../../../language/plural";

const count = countIn("en");

export const page = {
  language: { label: "Language" },
  problems: {
    unexpected: "Something went wrong.",
    partFailed: (name: string) => `${name} cannot be shown: something in it went wrong.`,
    showAgain: "Show it again",
    reason: (reason: string) => `Reason: ${reason}`,
    again: (inTime: string) => `Try again in ${inTime}.`,
    dismiss: "Dismiss",
  },
  app: {
    name: "WhatsSound",
    page: "The page",
    connecting: "Connecting…",
    notConnected: "Not connected yet",
    noAnswerYet: "The server has not answered yet.",
    tryingAgain: "Trying again by itself.",
    tryNow: "Try now",
    offline: "You are offline",
    offlineIs: "This device has no network right now.",
  },
  connection: {
    connecting: "Connecting…",
    live: "Live",
    reconnecting: "Reconnecting…",
    // How it came back, the toast says.
    recovered: "Live",
    lost: "Live",
    offline: "No network",
    closed: "Closed",
    nothingMissed: "You are back. You missed nothing.",
    missed: count({ one: "You are back. One thing has happened meanwhile.", other: "You are back. # things have happened meanwhile." }),
    loadedAnew: "You are back. The room was loaded anew.",
  },
};
