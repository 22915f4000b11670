using System.Collections.Immutable;
using WhatsSound.Grains.Queue.Ballots;
using WhatsSound.Grains.Queue.Songs;
using WhatsSound.Queue;

namespace WhatsSound.Grains.Queue.Commands;

/// <summary>What a room allows in its queue.</summary>
internal sealed record QueueSettings
{
    /// <summary>The most that any room can have.</summary>
    public const int SongsBound = 10_000;

    public static QueueSettings Default { get; } = new();

    /// <summary>500 songs are more than a day of music.</summary>
    public int SongsMax { get; init; } = 500;

    /// <summary>200: an album or a playlist at once.</summary>
    public int BatchMax { get; init; } = 200;

    /// <summary>2 hours: a DJ set fits, a stream that never ends does not.</summary>
    public TimeSpan TrackDurationMax { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Where songs may be.</summary>
    public SongAddressOptions Addresses { get; init; } = new();

    /// <summary>How long a song is not played again; zero: it may be at once. Up to <see cref="RecentPlays.AgeMax"/>.</summary>
    public TimeSpan NoRepeat { get; init; } = TimeSpan.Zero;

    public bool AllowsDuplicates { get; init; }

    /// <summary>Whether only those who manage the queue may add.</summary>
    public bool IsLocked { get; init; }

    public bool IsVotingOff { get; init; }

    /// <summary>Whether a song goes once its score is as far below zero as a skip needs votes.</summary>
    public bool RemovesVotedDown { get; init; }

    /// <summary>2,000 voters of one song, twice the members: more come and go only in a vote-stuffing room.</summary>
    public int VotersMax { get; init; } = 2000;

    public SkipThreshold Skip { get; init; } = SkipThreshold.Default;

    public UserQuota Quota { get; init; } = new();

    /// <summary>Of roles that have a quota of their own.</summary>
    public ImmutableDictionary<string, UserQuota> QuotasByRole { get; init; } = ImmutableDictionary<string, UserQuota>.Empty;

    public UserQuota QuotaOf(string role) => QuotasByRole.GetValueOrDefault(role) ?? Quota;
}

/// <summary>How much of the queue may be one user's.</summary>
internal sealed record UserQuota
{
    /// <summary>10: enough to plan ahead, too few to fill the queue alone.</summary>
    public int SongsMax { get; init; } = 10;

    /// <summary>How long their songs may last together; null: no limit of its own.</summary>
    public TimeSpan? DurationMax { get; init; }

    /// <summary>How long a user waits between two additions.</summary>
    public TimeSpan AddInterval { get; init; } = TimeSpan.Zero;

    /// <summary>Whether it takes one more, of a user who has so many that last so long.</summary>
    public bool Takes(int count, long durationMs, Track track) =>
        count < SongsMax && (DurationMax is not { } max || durationMs + track.DurationMs <= max.TotalMilliseconds);
}
