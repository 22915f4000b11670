import morningGlass from "./songs/morning-glass.mjs";
import nightBus from "./songs/night-bus.mjs";
import paperBoats from "./songs/paper-boats.mjs";
import tinRobot from "./songs/tin-robot.mjs";

/** The songs the page offers. */
export const songs = [morningGlass, nightBus, paperBoats, tinRobot];
