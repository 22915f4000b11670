export { diagnose } from "./diagnose";
export { fetchWhole } from "./fetchWhole";
