import { usePlace } from "../../app/Place";
import { useToken } from "../../app/token";
import { useMore } from "../../language/Language";
import { Problem } from "../../ui/problems";
import { useRoom } from "../RoomContext";
import { useRun } from "../Tries";

/** All of the history as a file. It is fetched with the person's token, which no link could carry. */
export function Export() {
  const more = useMore();
  const { room } = useRoom();
  const run = useRun();
  const token = useToken();
  const { server } = usePlace();
  const { history: texts } = more!;
  const save = (kind: "json" | "csv"): void =>
    void run(async () => {
      const response = await fetch(`${server}/rooms/${room.roomId}/plays.${kind}`, { headers: { authorization: `Bearer ${await token()}` } });
      if (!response.ok) throw new Problem((_, { history }) => history.notExported(response.status));
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await response.blob());
      link.download = `${room.roomId}.${kind}`;
      link.click();
      URL.revokeObjectURL(link.href);
    });
  return (
    <p class="line-actions">
      <button type="button" onClick={() => save("csv")}>
        {texts.asCsv}
      </button>
      <button type="button" onClick={() => save("json")}>
        {texts.asJson}
      </button>
    </p>
  );
}
