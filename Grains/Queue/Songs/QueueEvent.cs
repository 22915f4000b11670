using System.Collections.Immutable;
using System.Text.Json.Serialization;
using WhatsSound.Grains.Queue.Ballots;
using WhatsSound.Queue;

namespace WhatsSound.Grains.Queue.Songs;

/// <summary>What happened to a queue, at a room time. Small: it says what cannot be known from the queue before it, and no more. The names are stored.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(SongsAdded), "songsAdded")]
[JsonDerivedType(typeof(SongRemoved), "songRemoved")]
[JsonDerivedType(typeof(SongsCleared), "songsCleared")]
[JsonDerivedType(typeof(SongMoved), "songMoved")]
[JsonDerivedType(typeof(SongPinned), "songPinned")]
[JsonDerivedType(typeof(SongUnpinned), "songUnpinned")]
[JsonDerivedType(typeof(SongsShuffled), "songsShuffled")]
[JsonDerivedType(typeof(ModeChanged), "modeChanged")]
[JsonDerivedType(typeof(VoteChanged), "voteChanged")]
[JsonDerivedType(typeof(VotesWithdrawn), "votesWithdrawn")]
[JsonDerivedType(typeof(SongStarted), "songStarted")]
[JsonDerivedType(typeof(FallbackStarted), "fallbackStarted")]
[JsonDerivedType(typeof(SongEnded), "songEnded")]
[JsonDerivedType(typeof(FallbackChanged), "fallbackChanged")]
[JsonDerivedType(typeof(BallotChanged), "ballotChanged")]
[JsonDerivedType(typeof(OperationUndone), "operationUndone")]
internal abstract record QueueEvent(long AtMs);

/// <summary>Songs of one user, in this order; their sequence follows from the queue.</summary>
internal sealed record SongsAdded(ImmutableArray<NewSong> Songs, string UserId, string? UserName, long AtMs) : QueueEvent(AtMs);

/// <summary>For one of <see cref="RemovalReasons"/>. Who removed it: null if nobody did.</summary>
internal sealed record SongRemoved(string EntryId, string Reason, string? ByUserId, long AtMs) : QueueEvent(AtMs);

/// <summary>All songs, or all of one contributor.</summary>
internal sealed record SongsCleared(string? UserId, string ByUserId, long AtMs) : QueueEvent(AtMs);

/// <summary>To the place before another one; null: to the end.</summary>
internal sealed record SongMoved(string EntryId, string? BeforeEntryId, string ByUserId, long AtMs) : QueueEvent(AtMs);

/// <summary>In place of what the same user had pinned before.</summary>
internal sealed record SongPinned(string EntryId, string ByUserId, long AtMs) : QueueEvent(AtMs);

internal sealed record SongUnpinned(string EntryId, string ByUserId, long AtMs) : QueueEvent(AtMs);

/// <summary>All songs, or all of one contributor; the order follows from the seed.</summary>
internal sealed record SongsShuffled(long Seed, string? UserId, string ByUserId, long AtMs) : QueueEvent(AtMs);

/// <summary>By whom is not known of before that was in it.</summary>
internal sealed record ModeChanged(QueueMode Mode, long AtMs, string? ByUserId = null) : QueueEvent(AtMs);

/// <summary>-1, 0 or +1, on a queued song or the current one.</summary>
internal sealed record VoteChanged(string EntryId, string UserId, int Value, long AtMs) : QueueEvent(AtMs);

/// <summary>A user has no votes any more.</summary>
internal sealed record VotesWithdrawn(string UserId, long AtMs) : QueueEvent(AtMs);

/// <summary>A queued song became the current one, and its contributor is charged.</summary>
internal sealed record SongStarted(string EntryId, long AtMs) : QueueEvent(AtMs);

/// <summary>A song of the fallback playlist became the current one.</summary>
internal sealed record FallbackStarted(string EntryId, int Index, long AtMs) : QueueEvent(AtMs);

internal sealed record SongEnded(string EntryId, string Reason, long AtMs) : QueueEvent(AtMs);

internal sealed record FallbackChanged(ImmutableArray<Track> Tracks, string ByUserId, long AtMs) : QueueEvent(AtMs);

/// <summary>What a user says of the current song.</summary>
internal sealed record BallotChanged(string EntryId, string UserId, BallotKind Kind, bool IsOn, long AtMs) : QueueEvent(AtMs);

/// <summary>An operation was undone, except for removed songs that are not to come back.</summary>
internal sealed record OperationUndone(long Number, ImmutableArray<string> ExceptEntryIds, string ByUserId, long AtMs) : QueueEvent(AtMs);
