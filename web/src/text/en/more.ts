import { embed } from "./more/embed";
import { entrance } from "./more/entrance";
import { lobby } from "./more/lobby";
import { order } from "./more/order";
import { refusals } from "./more/refusals";
import { roles } from "./more/roles";
import { room } from "./more/room";
import { settings } from "./more/settings";
import { songs } from "./more/songs";

/** What is read now and then, and loaded after the rest. */
export const more = { ...refusals, ...entrance, ...lobby, ...songs, ...room, ...order, ...roles, ...settings, ...embed };
