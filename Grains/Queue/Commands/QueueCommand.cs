using System.Collections.Immutable;
using WhatsSound.Grains.Queue.Ballots;
using WhatsSound.Grains.Queue.Songs;
using WhatsSound.Queue;

namespace WhatsSound.Grains.Queue.Commands;

/// <summary>What can be asked of a queue: by users, and, where it says so, by the room itself. Who asks is not part of it: see <see cref="QueueActor"/>.</summary>
internal abstract record QueueCommand;

/// <summary>Each song is added or refused for itself.</summary>
internal sealed record AddSongs(ImmutableArray<NewSong> Songs) : QueueCommand;

internal sealed record RemoveSong(string EntryId) : QueueCommand;

/// <summary>All songs, or those of one user.</summary>
internal sealed record ClearSongs(string? UserId) : QueueCommand;

/// <summary>Before another song, or to the end: of one's own songs where there are rounds, of all where songs are played as they come.</summary>
internal sealed record MoveSong(string EntryId, string? BeforeEntryId) : QueueCommand;

internal sealed record PinSong(string EntryId, bool IsOn) : QueueCommand;

/// <summary>All songs, or those of one user; the seed comes from outside, so that rules have no chance.</summary>
internal sealed record ShuffleSongs(long Seed, string? UserId) : QueueCommand;

internal sealed record ChangeMode(QueueMode Mode) : QueueCommand;

/// <summary>-1, 0 or +1, on a queued song or the current one.</summary>
internal sealed record VoteOnSong(string EntryId, int Value) : QueueCommand;

/// <summary>By the room, of a user who may not vote any more.</summary>
internal sealed record WithdrawVotes(string UserId) : QueueCommand;

/// <summary>No tracks: silence.</summary>
internal sealed record SetFallbackTracks(ImmutableArray<Track> Tracks) : QueueCommand;

internal sealed record UndoOperation(long Number) : QueueCommand;

/// <summary>By the room, when nothing is current: the next song, or one of the fallback playlist, for which an entry id was made.</summary>
internal sealed record StartNext(string FallbackEntryId) : QueueCommand;

/// <summary>This song and no other, when nothing is current.</summary>
internal sealed record StartSong(string EntryId) : QueueCommand;

/// <summary>By the room, which knows why.</summary>
internal sealed record EndSong(string EntryId, string Reason) : QueueCommand;

/// <summary>What a user, or their player, says of the current song.</summary>
internal sealed record CastBallot(string EntryId, BallotKind Kind, bool IsOn) : QueueCommand;
