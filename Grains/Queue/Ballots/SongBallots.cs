using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace WhatsSound.Grains.Queue.Ballots;

/// <summary>What users have said about the song that plays: sets, so that saying it twice is saying it once. Empty at each start.</summary>
internal sealed record SongBallots
{
    public static SongBallots None { get; } = new();

    public ImmutableHashSet<string> Skip { get; init; } = [];

    public ImmutableHashSet<string> Ended { get; init; } = [];

    public ImmutableHashSet<string> Unplayable { get; init; } = [];

    [JsonIgnore]
    public bool IsEmpty => Skip.IsEmpty && Ended.IsEmpty && Unplayable.IsEmpty;

    public ImmutableHashSet<string> Of(BallotKind kind) => kind switch
    {
        BallotKind.Skip => Skip,
        BallotKind.Ended => Ended,
        _ => Unplayable,
    };

    public SongBallots With(BallotKind kind, string userId, bool isOn)
    {
        var voters = isOn ? Of(kind).Add(userId) : Of(kind).Remove(userId);
        return kind switch
        {
            BallotKind.Skip => this with { Skip = voters },
            BallotKind.Ended => this with { Ended = voters },
            _ => this with { Unplayable = voters },
        };
    }

    public bool Has(string userId) => Skip.Contains(userId) || Ended.Contains(userId) || Unplayable.Contains(userId);

    public SongBallots Without(string userId) => new()
    {
        Skip = Skip.Remove(userId),
        Ended = Ended.Remove(userId),
        Unplayable = Unplayable.Remove(userId),
    };
}
