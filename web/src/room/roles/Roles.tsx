import { useMore } from "../../language/Language";
import { useRoom } from "../RoomContext";
import { Holders } from "./Holders";
import { Permissions } from "./Permissions";
import { Succession } from "./Succession";

/** Who is what in the room, who follows its host, and what each may do. */
export function Roles() {
  const more = useMore();
  const { may } = useRoom();
  if (!more) return null;
  return (
    <>
      <Holders />
      {may("setSuccession") && <Succession />}
      {may("setPermissions") && <Permissions />}
    </>
  );
}
