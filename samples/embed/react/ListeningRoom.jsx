import { useEffect, useState } from "react";

/** Loads the element's script once, from the server whose rooms are shown. */
function useElement(server) {
  useEffect(() => {
    const src = `${server}/embed/room.js`;
    if (document.querySelector(`script[src="${src}"]`)) return;
    document.head.append(Object.assign(document.createElement("script"), { type: "module", src }));
  }, [server]);
}

/** A room. `getToken` answers a token of the app's user, and is asked again before one runs out. */
export function ListeningRoom({ server, room, getToken, onJoined, onEnded, onError }) {
  const [element, setElement] = useState(null);
  useElement(server);
  useEffect(() => {
    if (!element) return;
    // Set on the element, and not in the markup: the script may come later than React does.
    element.tokenProvider = getToken;
    const over = new AbortController();
    for (const [event, tell] of Object.entries({ joined: onJoined, ended: onEnded, error: onError })) {
      element.addEventListener(event, ({ detail }) => tell?.(detail), { signal: over.signal });
    }
    return () => over.abort();
  }, [element, getToken, onJoined, onEnded, onError]);
  return <whatssound-room ref={setElement} room={room} server={server} />;
}
