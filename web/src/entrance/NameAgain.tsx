import type { RoomConnection } from "@whatssound/client";
import { Welcome } from "./Welcome";
import { keepGuest, readGuest } from "./store";

interface Props {
  connection: RoomConnection;
  roomId: string | null;
  /** What is wrong with the name that was given. */
  problem: unknown;
  onName: () => void;
}

/** Asks for another name, where the server has refused the one that was given; who the guest is stays. */
export function NameAgain({ connection, roomId, problem, onName }: Props) {
  const again = (name: string): void => {
    keepGuest({ secret: null, ...readGuest(), name });
    onName();
    connection.wake();
  };
  return <Welcome roomId={roomId} problem={problem} name={readGuest()?.name} onName={again} />;
}
