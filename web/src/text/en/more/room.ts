import { countIn } from "../../../language/plural";

const count = countIn("en");

export const room = {
  menu: { title: "Room", you: "You", history: "Played", invites: "Invites", order: "Moderation", roles: "Roles", settings: "Settings" },
  fold: { more: "Show all of it", less: "Show less" },
  person: {
    role: (name: string) => `What ${name} is here`,
    makeHost: "Make host",
    makeTheHost: (name: string) => `Make host: ${name}`,
    follow: "Tell me when they play",
    unfollow: "Tell me no more when they play",
    measures: { Mute: "Mute", Timeout: "Time out", QueueBan: "No songs", Kick: "Send out", Ban: "Ban", ShadowMute: "Mute unseen", Report: "Report" },
    howLong: "For how long",
    forGood: "Until it is lifted",
    reason: "Reason",
  },
  you: {
    role: (role: string) => `Your role: ${role === "DJ" ? role : role.toLowerCase()}`,
    giveUp: "Give this role up",
    leave: "Leave the room",
    name: "What the others call you",
    rename: "Change the name",
    renamed: "You are called that now.",
    nameRefused: "That name cannot be used: nothing in it can be seen, or it has hidden characters.",
    follows: (max: string) => `You are told when these play (up to ${max})`,
    followsNobody: "You are told of nobody yet. Choose it beside somebody's name.",
    unfollow: (name: string) => `Tell me no more when ${name} plays`,
    unfollowShort: "No more",
  },
  history: {
    figures: (plays: string, songs: string, time: string, peak: string) => `${plays} plays of ${songs} songs, ${time} of music, ${peak} listeners at most.`,
    none: "Nothing was played yet.",
    listeners: count({ one: "# listener", other: "# listeners" }),
    score: count({ one: "# vote", other: "# votes" }),
    reasons: { completed: "to its end", voteSkip: "voted away", hostSkip: "skipped by the host", skipped: "skipped", removed: "taken out", error: "could not be played" },
    asCsv: "All of it as a table (CSV)",
    asJson: "All of it as JSON",
    djs: (names: string) => `Played most: ${names}`,
    djPlays: (name: string, plays: string) => `${name} (${plays})`,
    notExported: (status: number) => `The server did not give it (${status}).`,
  },
  notices: {
    songNext: (title: string, room: string) => `${title} is next in ${room}.`,
    songPlaying: (title: string, room: string) => `${title} plays in ${room}.`,
    mention: (name: string) => `${name} mentions you.`,
    djLive: (name: string, room: string) => `${name} plays in ${room}.`,
    report: (reason: string) => `Somebody was reported: ${reason}`,
    sanctions: {
      mute: "You may not speak here for a while.", timeout: "You may not do anything here for a while.", queueBan: "You may add no songs here for a while.", kick: "You were sent out.", ban: "You were banned.",
    },
    sanctioned: "Something was forbidden to you.",
    lifted: "What was forbidden to you is allowed again.",
    reason: (reason: string) => `Reason: ${reason}`,
    goThere: "Go there",
    dismiss: "Dismiss this notice",
  },
};
