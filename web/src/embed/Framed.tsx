import { useEffect, useRef, useState } from "preact/hooks";
import { reasonOf } from "../app/useTelling";
import type { More } from "../text";
import { Notice } from "../ui/Notice";
import { tokenOf } from "./EmbeddedRoom";
import type { MountOptions } from "./mount";

/** After that long without a word from the page, it is not shown here, or does not know the app. */
const patienceMs = 12_000;
const told = ["joined", "ended", "error"] as const;

/** The server's page in a frame, which is handed tokens when it asks for them. Only that page, on that server, is heard or told anything. */
export function Framed({ texts, options }: { texts: More["embed"]; options: MountOptions }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [isSilent, setIsSilent] = useState(false);
  const { server, room, invite, tell } = options;
  useEffect(() => {
    const over = new AbortController();
    const timer = setTimeout(() => {
      setIsSilent(true);
      tell("error", { code: "UNAVAILABLE", message: texts.frameSilent(server, location.origin) });
    }, patienceMs);
    over.signal.addEventListener("abort", () => clearTimeout(timer));
    const hand = async (page: Window): Promise<void> => {
      try {
        page.postMessage({ type: "whatssound:token", token: await tokenOf(options)(over.signal) }, server);
      } catch (error) {
        tell("error", reasonOf(error));
      }
    };
    const onMessage = ({ source, origin, data }: MessageEvent<{ type?: unknown } | null>): void => {
      const page = frame.current?.contentWindow;
      if (!page || source !== page || origin !== server || typeof data?.type !== "string") return;
      clearTimeout(timer);
      if (data.type === "whatssound:token-wanted") void hand(page);
      const event = told.find((one) => data.type === `whatssound:${one}`);
      if (event) tell(event, detailOf(data));
    };
    addEventListener("message", onMessage, { signal: over.signal });
    return () => over.abort();
  }, [options]);
  if (isSilent) return <Notice title={texts.title} text={texts.frameSilent(server, location.origin)} />;
  return <iframe class="frame" ref={frame} src={`${server}/r/${room}${invite ? `#invite=${encodeURIComponent(invite)}` : ""}`} title="WhatsSound" allow="autoplay; clipboard-write" />;
}

function detailOf(data: object): Record<string, string> {
  return Object.fromEntries(Object.entries(data).filter(([key, value]) => key !== "type" && typeof value === "string"));
}
