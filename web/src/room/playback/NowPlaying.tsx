import type { QueueEntry } from "@whatssound/client";
import { useLanguage, useTexts } from "../../language/Language";
import { Bars } from "../../ui/Bars";
import { Cover } from "../../ui/Cover";
import { Icon } from "../../ui/Icon";
import { lazy } from "../../ui/lazy";
import { Name } from "../people/Name";
import { VoteButtons } from "../queue/VoteButtons";
import { useRoom } from "../RoomContext";
import { useRun } from "../Tries";
import { Hearing } from "./Hearing";
import { isOwn } from "./isOwn";
import { PlayButton } from "./PlayButton";
import { Progress } from "./Progress";
import { SkipButton } from "./SkipButton";
import { SkipVote } from "./SkipVote";
import { Sync } from "./Sync";
import { useIsOver } from "./useIsOver";
import type { RoomPlayer } from "./usePlayer";
import { Volume } from "./Volume";
import "./playback.css";

const MediaKeys = lazy(async () => (await import("./MediaKeys")).MediaKeys);

/** The song that plays, and what one may do about it. */
export function NowPlaying(player: RoomPlayer) {
  const { current } = useRoom().room.queue;
  return (
    <>
      <MediaKeys current={current} {...player} />
      {current ? <Song current={current} player={player} /> : <Silence />}
    </>
  );
}

function Song({ current, player }: { current: QueueEntry; player: RoomPlayer }) {
  const { playback } = useTexts();
  const { connection, room, userId, may } = useRoom();
  const isOver = useIsOver(room.playback, connection.clock);
  const isPlaying = room.playback.status === "playing";
  const { needsTap } = player.view;
  return (
    <section class="card now" aria-label={playback.label}>
      <Cover title={current.track.title} isMoving={isPlaying && !isOver} />
      <div class="now-text">
        <p class="eyebrow">
          <Bars isMoving={isPlaying && !isOver} />
          {isOver ? playback.waiting : room.skip.have > 0 ? <SkipTally /> : room.mySkipVote ? playback.countsSoon : isPlaying ? playback.playing : playback.paused}
        </p>
        <h2 data-testid="title" dir="auto">
          {current.track.title}
        </h2>
        <p class="muted now-by">
          {current.track.artist && <bdi>{current.track.artist}</bdi>}
          <span>
            {current.track.artist && <span class="between"> · </span>}
            {playback.addedBy} <Name room={room} userId={current.addedBy} told={current.addedByName} />
          </span>
        </p>
      </div>
      <div class="now-controls" inert={needsTap}>
        <Controls current={current} isPlaying={isPlaying} player={player} />
        <Hearing {...player} />
        <div class="now-foot">
          <Sync {...player} isSilent={isOver} />
          {may("vote") && !room.queue.limits?.isVotingOff && <VoteButtons entry={current} mine={room.myVotes[current.entryId] ?? 0} isOwn={isOwn(current, userId)} />}
        </div>
      </div>
      {needsTap && (
        <button class="tap" type="button" onClick={() => player.player?.tap()}>
          <Icon name="volume" />
          {playback.tap}
        </button>
      )}
    </section>
  );
}

function Controls({ current, isPlaying, player }: { current: QueueEntry; isPlaying: boolean; player: RoomPlayer }) {
  const { connection, room, userId, may, barred } = useRoom();
  const run = useRun();
  const mayControl = may("controlPlayback");
  const maySkip = may("skipSongs");
  const mayEnd = isOwn(current, userId) && !barred("timeout");
  return (
    <>
      <Progress vector={room.playback} clock={connection.clock} onSeek={mayControl ? (entryId, positionMs) => run((c) => c.seek(entryId, positionMs)) : null} />
      <div class="buttons">
        {mayControl && <PlayButton isPlaying={isPlaying} />}
        {maySkip && <SkipButton entryId={current.entryId} />}
        {!maySkip && (mayEnd ? <SkipButton entryId={current.entryId} isOwn /> : may("voteSkip") && <SkipVote entryId={current.entryId} isOn={room.mySkipVote} />)}
        <Volume {...player} />
      </div>
    </>
  );
}

/** How many want the song to end, for everybody to see; in a place that is there anyway, so that nothing moves for it. */
function SkipTally() {
  const { texts, format } = useLanguage();
  const { skip } = useRoom().room;
  return <span class="skip-tally">{texts.playback.wantSkip(format.number(skip.have), format.number(skip.need))}</span>;
}

function Silence() {
  const { playback } = useTexts();
  return (
    <section class="card now now-silent" aria-label={playback.label}>
      <Bars isMoving={false} />
      <h2 data-testid="title">{playback.nothing}</h2>
      <p class="muted">{playback.addOne}</p>
    </section>
  );
}
