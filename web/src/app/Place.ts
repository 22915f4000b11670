import { createContext } from "preact";
import { useContext } from "preact/hooks";

/** What those around the page are told of it: an app that has it in a frame, or an element of it. */
export type Tell = (event: "joined" | "ended" | "error", detail: Record<string, string | number | undefined>) => void;

/** Where the room is shown. */
export interface Place {
  /** The origin of the server: `https://rooms.example`. */
  server: string;
  /** The origin in links that people send to each other: one that reaches the server from where the others are. */
  linkOrigin: string;
  /** Whether the page is the server's own. In an app's page, its title, its address and its focus are the app's. */
  isOwnPage: boolean;
  tell: Tell;
  /** What an app lets its user into the room with; on the server's own page it stands in the address. */
  invite?: string | null;
}

const ownPage: Place = { server: location.origin, linkOrigin: location.origin, isOwnPage: true, tell: () => undefined };

export const PlaceContext = createContext(ownPage);

export const usePlace = (): Place => useContext(PlaceContext);
