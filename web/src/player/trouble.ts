/**
 * What keeps a song from being heard on this device. `stalled`: it comes too slowly. `unreachable`: its host does not answer. `unavailable`: its host says that it cannot, now. `gone`: its host
 * says that there is no such song. `undecodable`: it is there, and nothing that this browser plays. `unplayable`: it cannot be played, and its host does not let pages find out why. `unseekable`: it
 * can be heard from its beginning only. `short`: it is over before its time.
 */
export type Trouble = "stalled" | "unreachable" | "unavailable" | "gone" | "undecodable" | "unplayable" | "unseekable" | "short";

/** What time may mend. */
export const passing: ReadonlySet<Trouble> = new Set(["stalled", "unreachable", "unavailable"]);

/** What is the song's fault, and not of this device or its network: the room is told. */
export const faults: ReadonlySet<Trouble> = new Set(["gone", "undecodable", "unplayable"]);
