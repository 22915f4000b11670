import { useState } from "preact/hooks";
import { useTexts } from "../language/Language";
import { Icon } from "../ui/Icon";
import { lazy } from "../ui/lazy";

const RoomSheet = lazy(() => import("./RoomSheet").then(({ RoomSheet }) => RoomSheet));

/** All of the room that is not always in sight. */
export function Menu() {
  const { room } = useTexts();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button class="quiet" type="button" aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
        <Icon name="menu" />
        <span class="label">{room.menu}</span>
      </button>
      {isOpen && <RoomSheet onClose={() => setIsOpen(false)} />}
    </>
  );
}
