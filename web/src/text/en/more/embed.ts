export const embed = {
  embed: {
    title: "This room cannot be shown yet",
    noServer: "<whatssound-room> needs the address of a server: server=\"https://rooms.example\".",
    noRoom: "<whatssound-room> needs the id of a room: room=\"friday-night\".",
    noToken: "<whatssound-room> needs to know who is here: a token (token=\"…\"), an address to get one from (token-url=\"/token\"), or the property tokenProvider.",
    noAnswer: (server: string, origin: string) => `${server} does not answer pages of ${origin}. Either it cannot be reached, or it has to name them in Web:AllowedOrigins.`,
    frameSilent: (server: string, origin: string) => `The page of ${server} does not answer in a frame of ${origin}. Either it cannot be reached, or it has to name that origin in WebPage:TokenOrigins.`,
  },
};
