using System.Collections.Immutable;
using WhatsSound.Grains.Queue;
using WhatsSound.Playback;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>What happened in a room, at a room time. Each counts one revision.</summary>
internal abstract record RoomEvent(long AtMs);

internal sealed record RoomCreated(string RoomId, RoomSettings Settings, string OwnerUserId, long AtMs) : RoomEvent(AtMs);

internal sealed record EntriesAdded(ImmutableArray<QueueEntry> Entries, long AtMs) : RoomEvent(AtMs);

internal sealed record EntryRemoved(string EntryId, long AtMs) : RoomEvent(AtMs);

internal sealed record VoteSet(string EntryId, string UserId, int Value, long AtMs) : RoomEvent(AtMs);

/// <summary>An entry left the queue and became the current one.</summary>
internal sealed record TrackStarted(string EntryId, PlaybackVector Vector, long AtMs) : RoomEvent(AtMs);

/// <summary>The current entry became history, for one of <see cref="EndReasons"/>.</summary>
internal sealed record TrackEnded(string EntryId, string EndReason, PlaybackVector Vector, long AtMs) : RoomEvent(AtMs);

/// <summary>The current entry was paused, resumed, moved, or anchored anew.</summary>
internal sealed record VectorChanged(PlaybackVector Vector, long AtMs) : RoomEvent(AtMs);

internal sealed record SkipVoteSet(string UserId, bool IsOn, long AtMs) : RoomEvent(AtMs);

/// <summary>The members are told how far the vote to skip has come.</summary>
internal sealed record SkipTallied(SkipTally Tally, long AtMs) : RoomEvent(AtMs);

/// <summary>Somebody is host, for one of <see cref="HostReasons"/>.</summary>
internal sealed record HostNamed(string HostUserId, string Reason, bool IsStandIn, long AtMs) : RoomEvent(AtMs);
