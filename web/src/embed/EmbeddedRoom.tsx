import type { RoomConnection } from "@whatssound/client";
import { useEffect, useMemo, useState } from "preact/hooks";
import { connect, useIdentity } from "../app/connection";
import { Connecting } from "../app/Connecting";
import { untilDone } from "../app/network";
import { PlaceContext, type Place } from "../app/Place";
import { roomIdOf } from "../app/route";
import { TokenContext } from "../app/token";
import { reasonOf } from "../app/useTelling";
import { fetchSettings } from "../entrance/settings";
import { tokenFrom } from "../entrance/tokenFrom";
import { useTexts } from "../language/Language";
import { RoomPage } from "../room/RoomPage";
import type { More } from "../text";
import { Notice } from "../ui/Notice";
import { Part } from "../ui/Part";
import { Problem } from "../ui/problems";
import { Framed } from "./Framed";
import type { MountOptions } from "./mount";

interface Props {
  /** What is said of the element, to the app's developers first. */
  texts: More["embed"];
  options: MountOptions;
  signal: AbortSignal;
}

/** What the element shows: the room, or what it needs to show one. */
export function EmbeddedRoom({ texts, options, signal }: Props) {
  const { app } = useTexts();
  const missing = useMissing(texts, options);
  const place = useMemo<Place>(() => ({ server: options.server, linkOrigin: options.server, isOwnPage: false, tell: options.tell, invite: options.invite }), [options]);
  return (
    <PlaceContext.Provider value={place}>
      <Part name={app.page}>
        {missing ? <Notice title={texts.title} text={missing} /> : options.isFramed ? <Framed texts={texts} options={options} /> : <Ready texts={texts} options={options} signal={signal} />}
      </Part>
    </PlaceContext.Provider>
  );
}

/** What the app has to add, in a sentence; said to it as an error, too. */
function useMissing(texts: More["embed"], { room, server, hasToken, tell }: MountOptions): string | null {
  const missing = !server ? texts.noServer : !roomIdOf(`/r/${room}`) ? texts.noRoom : !hasToken ? texts.noToken : null;
  useEffect(() => {
    if (missing) tell("error", { code: "NOT_SET_UP", message: missing });
  }, [missing, tell]);
  return missing;
}

/** Asks the server first whether it answers pages of this origin: a connection that it refuses is, to a browser, one to nowhere. */
function Ready({ texts, options, signal }: Props) {
  const { app } = useTexts();
  const { server, tell } = options;
  const [answers, setAnswers] = useState<boolean | null>(null);
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    const refuse = (): void => {
      setAnswers(false);
      tell("error", { code: "UNAVAILABLE", message: texts.noAnswer(server, location.origin) });
    };
    return untilDone(() => fetchSettings(server).then(() => setAnswers(true)), refuse);
  }, [texts, server, tell, asked]);
  if (answers) return <Connected options={options} signal={signal} />;
  if (answers === null) return <p class="joining" role="status">{app.connecting}</p>;
  return <Notice title={app.notConnected} text={texts.noAnswer(server, location.origin)} action={app.tryNow} onAction={() => setAsked(asked + 1)} />;
}

function Connected({ options, signal }: Omit<Props, "texts">) {
  const token = useMemo(() => tokenOf(options), [options]);
  const connection = useMemo<RoomConnection>(() => connect(token, options.server, signal), [token, options, signal]);
  const identity = useIdentity(connection);
  useEffect(() => connection.on("error", (error) => options.tell("error", reasonOf(error))) as () => void, [connection, options]);
  if (!identity) return <Connecting connection={connection} />;
  return (
    <TokenContext.Provider value={token}>
      <RoomPage connection={connection} userId={identity.userId} roomId={options.room} />
    </TokenContext.Provider>
  );
}

/** The app's user, from whatever the app gives. */
export const tokenOf = (options: MountOptions) => async (signal: AbortSignal): Promise<string> => {
  const source = options.token();
  if (typeof source === "function") return source(signal);
  const { token, url } = source;
  if (token !== null) return token;
  if (url !== null) return tokenFrom(url, signal);
  throw new Problem((_, more) => more.embed.noToken, "There is no token, no address to get one from, and no tokenProvider.");
};
