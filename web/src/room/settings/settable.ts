import type { RoomView } from "../RoomContext";

const permissions = ["rename", "describe", "setVisibility", "setPassword", "setCapacity", "setSlowMode", "lockQueue", "lockChat", "lockJoin", "setLifetime", "controlPlayback", "allowShadowMute", "manageQueue", "closeRoom"] as const;

/** Whether there is anything in a room's settings for somebody. */
export const maySetAnything = (may: RoomView["may"]): boolean => permissions.some((permission) => may(permission));
