export const entrance = {
  entrance: {
    noWayIn: "Cannot connect",
    tryAgain: "Try again",
    looking: "Looking for the server…",
    notOpen: "Not open to guests",
    noGuests: "This page takes no guests. Open it from the app that it belongs to.",
    unreachable: "The server cannot be reached.",
    notNow: (status: number) => `The server cannot let you in right now (${status}).`,
    invited: "You are invited",
    title: "Listen together",
    about: "One song at a time, in sync for everybody in the room. Chat, add songs, vote for what comes next.",
    nameLabel: "What should the others call you?",
    namePlaceholder: "Your name",
    comeIn: "Come in",
  },
};
