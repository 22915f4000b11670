import { countIn } from "../../../language/plural";

const count = countIn("en");

export const lobby = {
  lobby: {
    hello: (name: string) => (name.endsWith(".") ? `Hello, ${name}` : `Hello, ${name}.`),
    helloNobody: "Hello.",
    about: "Open a room and send the link to your friends, or drop in somewhere.",
    openRoom: "Open a room",
    namePlaceholder: "Friday night, slow songs…",
    open: "Open",
    moreSettings: "More about it",
    description: "What it is about",
    tags: "Tags, separated by commas",
    tagsPlaceholder: "jazz, late",
    isTemporary: "It closes when everybody has left",
    mine: "Your rooms",
    reopen: "Open again",
    reopenRoom: (name: string) => `Open ${name} again`,
    search: "Look for a room",
    noneFound: "There is no such room.",
    notTag: (tag: string) => `Not only ${tag}`,
    onlyTag: (tag: string) => `Only rooms with ${tag}`,
    hasPassword: "It takes a password",
    partial: "Some rooms may be missing right now.",
    more: "Show more rooms",
    isListed: "Show it in the list",
    rooms: "Open rooms",
    looking: "Looking around…",
    nobody: "Nobody is here yet. Open the first room.",
    quiet: "Quiet right now",
    listeners: count({ one: "# listener", other: "# listeners" }),
  },
};
