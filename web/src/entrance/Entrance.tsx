import type { TokenSource } from "@whatssound/client";
import type { ComponentChildren } from "preact";
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { untilDone, useOnline } from "../app/network";
import { PlaceContext, usePlace, type Place } from "../app/Place";
import { useTexts } from "../language/Language";
import { Notice } from "../ui/Notice";
import { useSentence } from "../ui/problems";
import { appToken, isFramed, tellApp } from "./appToken";
import { guestToken } from "./guestToken";
import { fetchSettings, type EntranceSettings } from "./settings";
import { keepGuest, readGuest } from "./store";
import { tokenFrom } from "./tokenFrom";
import { Welcome } from "./Welcome";

interface Props {
  /** The room of the link that somebody has come by. */
  roomId: string | null;
  children: (token: TokenSource) => ComponentChildren;
}

/** Finds out who the person is: the app around the page says so, or they are a guest; or it says that nobody can come in, and why. */
export function Entrance({ roomId, children }: Props) {
  const { entrance, app } = useTexts();
  const sentenceOf = useSentence();
  const { settings, problem, ask } = useSettings();
  const isOnline = useOnline();
  const place = usePlaceOf(settings);
  const [isKnown, setIsKnown] = useState(() => readGuest() !== null);
  const [token, setToken] = useState<TokenSource | null>(null);
  useEffect(() => {
    if (!settings) return;
    const isApps = isFramed() && settings.tokenOrigins.length > 0;
    const { tokenUrl } = settings;
    if (isApps) setToken(() => (signal: AbortSignal) => appToken(settings.tokenOrigins, signal));
    else if (tokenUrl !== null) setToken(() => (signal: AbortSignal) => tokenFrom(tokenUrl, signal));
    else if (settings.guests && isKnown) setToken(() => guestToken);
  }, [settings, isKnown]);

  if (token) return <PlaceContext.Provider value={place}>{children(token)}</PlaceContext.Provider>;
  if (!settings && problem) return <Notice title={isOnline ? entrance.noWayIn : app.offline} text={isOnline ? sentenceOf(problem) : app.offlineIs} hint={app.tryingAgain} action={entrance.tryAgain} onAction={ask} />;
  if (!settings) return <p class="joining" role="status">{entrance.looking}</p>;
  if (!settings.guests) return <Notice title={entrance.notOpen} text={entrance.noGuests} />;
  const onName = (name: string): void => {
    keepGuest({ name, secret: readGuest()?.secret ?? null });
    setIsKnown(true);
  };
  return <Welcome roomId={roomId} onName={onName} />;
}

/** The own page, as the server says that it is come to, and who is told of it. */
function usePlaceOf(settings: EntranceSettings | null): Place {
  const page = usePlace();
  return useMemo(() => {
    if (!settings) return page;
    const tell: Place["tell"] = (event, detail) => tellApp(settings.tokenOrigins, event, detail);
    return { ...page, linkOrigin: settings.linkOrigin ?? page.linkOrigin, tell };
  }, [settings, page]);
}

function useSettings(): { settings: EntranceSettings | null; problem: unknown; ask: () => void } {
  const [settings, setSettings] = useState<EntranceSettings | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const { server } = usePlace();
  const [asked, setAsked] = useState(0);
  useEffect(() => untilDone(() => fetchSettings(server).then(setSettings), setProblem), [server, asked]);
  const ask = useCallback(() => {
    setProblem(null);
    setAsked((times) => times + 1);
  }, []);
  return { settings, problem, ask };
}
