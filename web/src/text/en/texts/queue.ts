import { countIn } from "../../../language/plural";

const count = countIn("en");

export const queue = {
  queue: {
    title: "Next up",
    songs: count({ one: "# song", other: "# songs" }),
    empty: "The queue is empty.",
    modes: { fair: "Everybody in turn", dj: "DJs in turn", fifo: "First come, first played", votes: "Most votes first" },
    orders: { fair: "Order: everybody in turn", dj: "Order: DJs in turn", fifo: "Order: first come, first played", votes: "Order: most votes first" },
    all: count({ one: "Show the song", other: "Show all # songs" }),
    less: "Show the first only",
    barred: "You may add no songs here for a while.",
    locked: "Nobody may add songs for now.",
    undo: "Undo",
    removed: (title: string) => `${title} was removed.`,
    about: (title: string) => `Why ${title} is there, and what to do with it`,
    you: "you",
    remove: (title: string) => `Remove ${title}`,
    playedBefore: "Played before",
    add: "Add a song",
    waiting: "Waiting to be added",
    byAddress: "Add a link to a song",
    house: "Songs of the house",
    votesFor: (title: string) => `Votes for ${title}`,
    voteUp: (title: string) => `Vote ${title} up`,
    voteDown: (title: string) => `Vote ${title} down`,
    score: "Score",
  },
};
