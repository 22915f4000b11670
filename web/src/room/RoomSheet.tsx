import { useState } from "preact/hooks";
import { useMore } from "../language/Language";
import { Part } from "../ui/Part";
import { Sheet } from "../ui/Sheet";
import { History } from "./history/History";
import { Order } from "./moderation/Order";
import { Roles } from "./roles/Roles";
import { useRoom } from "./RoomContext";
import { Invites } from "./settings/Invites";
import { maySetAnything } from "./settings/settable";
import { Settings } from "./settings/Settings";
import { You } from "./settings/You";
import { Tries } from "./Tries";
import "./sheets.css";

const pages = ["you", "history", "invites", "order", "roles", "settings"] as const;
type Page = (typeof pages)[number];

/** What a person has to do with the room beyond what is in sight: a page for each, of which those that are not for them are not offered. */
export function RoomSheet({ onClose }: { onClose: () => void }) {
  const more = useMore();
  const { may } = useRoom();
  const [page, setPage] = useState<Page>("you");
  if (!more) return null;
  const { menu } = more;
  const isOffered: Record<Page, boolean> = { you: true, history: true, invites: may("createInvites"), order: may("seeRecords"), roles: may("grantRoles") || may("setSuccession") || may("setPermissions"), settings: maySetAnything(may) };
  return (
    <Sheet title={menu.title} onClose={onClose}>
      <nav class="sheet-pages" aria-label={menu.title}>
        {pages.filter((name) => isOffered[name]).map((name) => (
          <button key={name} type="button" aria-current={page === name ? "page" : undefined} onClick={() => setPage(name)}>
            {menu[name]}
          </button>
        ))}
      </nav>
      <Part key={page} name={menu[page]}>
        <Tries>
          {page === "you" && <You />}
          {page === "history" && <History />}
          {page === "invites" && <Invites />}
          {page === "order" && <Order />}
          {page === "roles" && <Roles />}
          {page === "settings" && <Settings />}
        </Tries>
      </Part>
    </Sheet>
  );
}
