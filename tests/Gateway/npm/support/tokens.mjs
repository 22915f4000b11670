import { createHmac } from "node:crypto";

/** A token from the server's development endpoint. */
export async function fetchToken(url, userId, name = userId, signal = undefined) {
  const response = await fetch(`${url}/dev/token`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ userId, name }),
    signal,
  });
  if (!response.ok) throw new Error(`No token: ${response.status} ${await response.text()}`);
  return (await response.json()).token;
}

/** A token made with the server's own key: HS256. */
export function signToken(signingKey, claims) {
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const content = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  return `${content}.${createHmac("sha256", signingKey).update(content).digest("base64url")}`;
}
