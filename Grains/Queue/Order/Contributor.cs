using System.Collections.Immutable;

namespace WhatsSound.Grains.Queue.Order;

/// <summary>Somebody who has songs queued, or had some not long ago.</summary>
internal sealed record Contributor
{
    public required string UserId { get; init; }

    /// <summary>The finish tag F_u: up to which virtual time they have been served.</summary>
    public long Finish { get; init; }

    /// <summary>When a song of theirs last started, room time.</summary>
    public long ServedAtMs { get; init; }

    /// <summary>When they last added one.</summary>
    public long AddedAtMs { get; init; }

    /// <summary>Their place in the line of DJs: given when they step up, which is when they have a song again.</summary>
    public long Slot { get; init; }

    /// <summary>Whether they have ordered their songs by hand; otherwise votes do.</summary>
    public bool IsManual { get; init; }

    /// <summary>How many songs they have queued, pinned ones too.</summary>
    public int Count { get; init; }

    public int PinnedCount { get; init; }

    /// <summary>How long those songs last together.</summary>
    public long DurationMs { get; init; }

    /// <summary>Those that are not pinned, in their own order; empty in modes that do not ask who a song is from.</summary>
    public required ImmutableSortedSet<Placed> Own { get; init; }

    public bool IsBacklogged => Count > 0;

    /// <summary>When they were last of any weight; they are forgotten some time after.</summary>
    public long SeenAtMs => Math.Max(ServedAtMs, AddedAtMs);
}
