using System.Collections.Immutable;

namespace WhatsSound.Queue;

/// <summary>Why a song stands where it does.</summary>
[GenerateSerializer, Immutable, Alias("ws.PlaceReason")]
public sealed record PlaceReason
{
    /// <summary>How many songs <see cref="Before"/> names at most.</summary>
    public const int BeforeMax = 10;

    /// <summary>The song.</summary>
    [Id(0)] public required string EntryId { get; init; }

    /// <summary>Its place; 1 is played next.</summary>
    [Id(1)] public required int Place { get; init; }

    /// <summary>How many are queued in all.</summary>
    [Id(2)] public required int Total { get; init; }

    /// <summary>How the queue is ordered.</summary>
    [Id(3)] public required QueueMode Mode { get; init; }

    /// <summary>Which of its contributor's songs it is; 1 is the next of theirs, pinned ones counted.</summary>
    [Id(4)] public required int Turn { get; init; }

    /// <summary>In how many rounds its contributor's turn for it comes; 0: in this one. Null where there are no rounds, or for a pinned song.</summary>
    [Id(5)] public int? RoundsAhead { get; init; }

    /// <summary>Up votes less down votes, with the adder's own.</summary>
    [Id(6)] public required int Score { get; init; }

    /// <summary>How far votes move it up, in hundredths of a round, up to 100; null where they do not.</summary>
    [Id(7)] public int? BonusPercent { get; init; }

    /// <summary>Who pinned it; null: nobody did.</summary>
    [Id(8)] public string? PinnedBy { get; init; }

    /// <summary>Whether its contributor has ordered their songs by hand, so that votes do not order them.</summary>
    [Id(9)] public bool IsOrderedByHand { get; init; }

    /// <summary>The first of the songs that are played before it, in playing order.</summary>
    [Id(10)] public required ImmutableArray<PlaceBefore> Before { get; init; }
}

/// <summary>A song that is played before another one, and why.</summary>
[GenerateSerializer, Immutable, Alias("ws.PlaceBefore")]
public sealed record PlaceBefore
{
    /// <summary>The song.</summary>
    [Id(0)] public required string EntryId { get; init; }

    /// <summary>The user who added it.</summary>
    [Id(1)] public required string AddedBy { get; init; }

    /// <summary>Why it comes first.</summary>
    [Id(2)] public required PlaceCause Cause { get; init; }
}
