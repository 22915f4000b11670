import { chat } from "./texts/chat";
import { entrance } from "./texts/entrance";
import { page } from "./texts/page";
import { queue } from "./texts/queue";
import { room } from "./texts/room";

/** What is read at first, in English: the other languages have the same keys. A key is named for the place where it is read, not for its words. */
export const texts = { ...page, ...entrance, ...room, ...queue, ...chat };
