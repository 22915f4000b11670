import type { Texts } from "..";
import { chat } from "./texts/chat";
import { entrance } from "./texts/entrance";
import { page } from "./texts/page";
import { queue } from "./texts/queue";
import { room } from "./texts/room";

export const texts: Texts = { ...page, ...entrance, ...room, ...queue, ...chat };
