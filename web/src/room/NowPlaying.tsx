import type { RoomConnection, RoomState } from "@whatssound/client";
import { Bars } from "../ui/Bars";
import { Cover } from "../ui/Cover";
import { Icon } from "../ui/Icon";
import { useRun } from "./actions";
import { HostControls } from "./HostControls";
import { Name } from "./Name";
import { Progress } from "./Progress";
import { SkipVote } from "./SkipVote";
import type { RoomPlayer } from "./usePlayer";

interface Props {
  connection: RoomConnection;
  room: RoomState;
  userId: string;
  player: RoomPlayer;
}

export function NowPlaying({ connection, room, userId, player }: Props) {
  const run = useRun();
  const current = room.queue.current;
  const isHost = room.hostUserId === userId;
  const isPlaying = room.playback.status === "playing";
  if (!current) return <Silence />;
  return (
    <section class="card now" aria-label="Now playing">
      <Cover title={current.track.title} isMoving={isPlaying} />
      <div class="now-text">
        <p class="eyebrow">
          <Bars isMoving={isPlaying} />
          {isPlaying ? "Now playing" : "Paused"}
        </p>
        <h2 data-testid="title">{current.track.title}</h2>
        <p class="muted">
          {current.track.artist && <>{current.track.artist} · </>}added by <Name room={room} userId={current.addedBy} told={current.addedByName} />
        </p>
      </div>
      <div class="now-controls">
        <Progress
          vector={room.playback}
          clock={connection.clock}
          onSeek={isHost ? (positionMs) => void run((c) => c.seek(current.entryId, positionMs)) : null}
        />
        <div class="buttons">
          {isHost && <HostControls entryId={current.entryId} isPlaying={isPlaying} />}
          {!isHost && <SkipVote entryId={current.entryId} skip={room.skip} isOn={room.mySkipVote} />}
          {!isHost && current.addedBy === userId && (
            <button class="quiet" type="button" onClick={() => void run((c) => c.skip(current.entryId))}>
              <Icon name="skip" /> Skip my song
            </button>
          )}
          <Volume player={player} />
        </div>
        {player.view.hasFailed && (
          <p class="error" role="alert">
            Your browser cannot play this song. The others may hear it.
          </p>
        )}
      </div>
      {player.view.needsTap && (
        <button class="tap" type="button" onClick={() => player.tap()}>
          <Icon name="volume" />
          Tap to listen
        </button>
      )}
    </section>
  );
}

function Silence() {
  return (
    <section class="card now now-silent" aria-label="Now playing">
      <Bars isMoving={false} />
      <h2 data-testid="title">Nothing is playing</h2>
      <p class="muted">Add a song: it starts by itself.</p>
    </section>
  );
}

function Volume({ player }: { player: RoomPlayer }) {
  return (
    <label class="volume">
      <Icon name="volume" />
      <span class="hidden">Volume, for you only</span>
      <input
        type="range"
        min="0"
        max="1"
        step="0.05"
        value={player.view.volume}
        onInput={(event) => player.setVolume(event.currentTarget.valueAsNumber)}
      />
    </label>
  );
}
