export const entrance = {
  entrance: {
    serverTakesNoGuests: "This server takes no guests.",
    notLetIn: (status: number) => `The server does not let you in (${status}).`,
    crowded: "Too many people come from your network right now. You are let in shortly.",
    appSilent: "The app around this page has not said who you are.",
    signInFirst: (host: string) => `Sign in at ${host} first.`,
    noToken: (status: number) => `The app does not say who you are (${status}).`,
    forgotten: "This browser has forgotten your name; load the page again.",
  },
};
