import type { More } from "..";
import { embed } from "./more/embed";
import { entrance } from "./more/entrance";
import { lobby } from "./more/lobby";
import { order } from "./more/order";
import { refusals } from "./more/refusals";
import { roles } from "./more/roles";
import { room } from "./more/room";
import { settings } from "./more/settings";
import { songs } from "./more/songs";

export const more: More = { ...refusals, ...entrance, ...lobby, ...songs, ...room, ...order, ...roles, ...settings, ...embed };
