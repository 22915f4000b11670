import { Problem } from "../ui/problems";
import { answered } from "./settings";

/** A token from an address of the app, which knows its user by what the browser sends along (its cookies): `{ "token": "…" }`, or the token as text. */
export async function tokenFrom(url: string, signal: AbortSignal): Promise<string> {
  const response = await answered(fetch(url, { method: "POST", credentials: "include", headers: { accept: "application/json" }, signal }));
  const { status, ok } = response;
  if (!ok) {
    const isStranger = status === 401 || status === 403;
    const sentence: Problem["sentence"] = (_, { entrance }) => (isStranger ? entrance.signInFirst(new URL(url, location.href).host) : entrance.noToken(status));
    throw new Problem(sentence, `The token address answered ${status}.`, status);
  }
  const text = await response.text();
  return (tokenIn(text) ?? text).trim();
}

function tokenIn(text: string): string | null {
  try {
    const { token } = JSON.parse(text) as { token?: unknown };
    return typeof token === "string" ? token : null;
  } catch {
    return null;
  }
}
