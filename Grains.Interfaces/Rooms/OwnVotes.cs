using System.Collections.Immutable;

namespace WhatsSound.Rooms;

/// <summary>The content of a <c>myVotes</c> publication, which its user alone gets. It stands for itself: a receiver replaces what it had. The members are those of a snapshot.</summary>
[GenerateSerializer, Immutable, Alias("ws.OwnVotes")]
public sealed record OwnVotes
{
    /// <summary>The event name of such publications.</summary>
    public const string EventName = "myVotes";

    /// <summary>How many votes it has at most: on the current song, on those of the window, on others, and then on those that were removed and may come back.</summary>
    public const int VotesMax = 200;

    /// <summary>The user's own votes: entry id to -1 or +1.</summary>
    [Id(0)] public required ImmutableDictionary<string, int> MyVotes { get; init; }

    /// <summary>Whether the user has voted to skip the current song.</summary>
    [Id(1)] public required bool MySkipVote { get; init; }
}
