import type { TokenSource } from "@whatssound/client";
import type { ComponentChildren } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import { sentenceOf } from "../ui/refusals";
import { Notice } from "../ui/Notice";
import { appToken, isFramed } from "./appToken";
import { guestToken } from "./guestToken";
import { fetchSettings, type EntranceSettings } from "./settings";
import { keepGuest, readGuest } from "./store";
import { Welcome } from "./Welcome";

interface Props {
  isInvited: boolean;
  children: (token: TokenSource) => ComponentChildren;
}

/** Finds out who the person is: the app around the page says so, or they are a guest; or it says that nobody can come in, and why. */
export function Entrance({ isInvited, children }: Props) {
  const { settings, problem, ask } = useSettings();
  const [isKnown, setIsKnown] = useState(() => readGuest() !== null);
  const [token, setToken] = useState<TokenSource | null>(null);
  useEffect(() => {
    if (!settings) return;
    const isApps = isFramed() && settings.tokenOrigins.length > 0;
    if (isApps) setToken(() => (signal: AbortSignal) => appToken(settings.tokenOrigins, signal));
    else if (settings.guests && isKnown) setToken(() => guestToken);
  }, [settings, isKnown]);

  if (token) return <>{children(token)}</>;
  if (problem) return <Notice title="No way in yet" text={problem} action="Try again" onAction={ask} />;
  if (!settings) return <p class="joining" role="status">Looking for the server…</p>;
  if (!settings.guests) return <Notice title="Not open to guests" text="This page takes no guests. Open it from the app that it belongs to." />;
  const onName = (name: string): void => {
    keepGuest({ name, secret: readGuest()?.secret ?? null });
    setIsKnown(true);
  };
  return <Welcome isInvited={isInvited} onName={onName} />;
}

function useSettings(): { settings: EntranceSettings | null; problem: string | null; ask: () => void } {
  const [settings, setSettings] = useState<EntranceSettings | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const ask = useCallback(() => {
    setProblem(null);
    fetchSettings().then(setSettings, (error: unknown) => setProblem(sentenceOf(error)));
  }, []);
  useEffect(ask, [ask]);
  return { settings, problem, ask };
}
