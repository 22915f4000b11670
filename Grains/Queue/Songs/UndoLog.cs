using System.Collections.Immutable;

namespace WhatsSound.Grains.Queue.Songs;

/// <summary>
/// The last operations on the queue, the newest last: at most <see cref="CountMax"/> of one user, so that nobody makes others' go, and <see cref="OperationsMax"/> of
/// all, of the last <see cref="AgeMax"/>, with at most <see cref="SongsMax"/> removed songs among them, except that the newest is always there.
/// </summary>
internal sealed record UndoLog
{
    public const int CountMax = 20;
    public const int OperationsMax = 500;
    public const int SongsMax = 10_000;

    public static readonly TimeSpan AgeMax = TimeSpan.FromSeconds(60);

    public static UndoLog Empty { get; } = new();

    public long LastNumber { get; init; }

    public ImmutableArray<QueueOperation> Operations { get; init; } = [];

    public QueueOperation? Find(long number, long nowMs) =>
        Operations.FirstOrDefault(operation => operation.Number == number && operation.AtMs >= OldestMs(nowMs));

    public UndoLog With(QueueOperation operation)
    {
        var songs = 0;
        var byUser = new Dictionary<string, int>(StringComparer.Ordinal) { [operation.ByUserId] = 1 };
        var kept = ImmutableArray.CreateBuilder<QueueOperation>();
        kept.Add(operation);
        foreach (var older in Operations.Reverse())
        {
            songs += older.Removed.Length;
            if (kept.Count == OperationsMax || older.AtMs < OldestMs(operation.AtMs) || songs + operation.Removed.Length > SongsMax)
                break;
            var count = byUser.GetValueOrDefault(older.ByUserId) + 1;
            if (count > CountMax)
                continue;
            byUser[older.ByUserId] = count;
            kept.Add(older);
        }

        kept.Reverse();
        return new UndoLog { LastNumber = operation.Number, Operations = kept.ToImmutable() };
    }

    public UndoLog Without(long number) => this with { Operations = Operations.RemoveAll(operation => operation.Number == number) };

    /// <summary>A user has no votes any more: songs that were removed come back without them.</summary>
    public UndoLog WithoutVotesOf(string userId) => this with
    {
        Operations = [.. Operations.Select(operation => operation.Removed.Any(song => song.Votes.ContainsKey(userId))
            ? operation with { Removed = [.. operation.Removed.Select(song => song.WithVote(userId, 0))] }
            : operation)],
    };

    /// <summary>Ranks have been given anew: former ones say nothing any more.</summary>
    public UndoLog WithoutRanks() => this with { Operations = Operations.RemoveAll(operation => !operation.Ranks.IsEmpty) };

    /// <summary>As much of it as can still be undone.</summary>
    public UndoLog At(long nowMs) => this with { Operations = Operations.RemoveAll(operation => operation.AtMs < OldestMs(nowMs)) };

    private static long OldestMs(long nowMs) => nowMs - (long)AgeMax.TotalMilliseconds;
}
