import type { embed as English } from "../../en/more/embed";

export const embed: typeof English = {
  embed: {
    title: "Todavía no se puede mostrar esta sala",
    noServer: "<whatssound-room> necesita la dirección de un servidor: server=\"https://rooms.example\".",
    noRoom: "<whatssound-room> necesita el identificador de una sala: room=\"viernes-noche\".",
    noToken: "<whatssound-room> necesita saber quién está aquí: un token (token=\"…\"), una dirección que lo dé (token-url=\"/token\") o la propiedad tokenProvider.",
    noAnswer: (server, origin) => `${server} no contesta a páginas de ${origin}. O no se llega a él, o tiene que nombrarlas en Web:AllowedOrigins.`,
    frameSilent: (server, origin) => `La página de ${server} no contesta en un marco de ${origin}. O no se llega a ella, o tiene que nombrar ese origen en WebPage:TokenOrigins.`,
  },
};
