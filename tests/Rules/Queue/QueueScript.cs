using System.Collections.Immutable;
using WhatsSound.Grains.Queue;
using WhatsSound.Queue;

namespace WhatsSound.Tests.Rules.Queue;

/// <summary>Plays a script on a queue: songs are added, voted on, and served.</summary>
internal sealed class QueueScript(bool withVotes)
{
    private const int Users = 6;

    public QueueState Queue { get; private set; } = QueueState.Empty;

    /// <summary>Whose song was served, and who else had songs waiting.</summary>
    public List<(string UserId, ImmutableHashSet<string> Waiting)> Served { get; } = [];

    /// <summary>Called before each vote with entry and value.</summary>
    public Action<QueueState, QueueEntry, int>? OnVote { get; init; }

    public void Play(byte[] script)
    {
        for (var i = 0; i + 1 < script.Length; i += 2)
            Step(script[i], script[i + 1]);
    }

    public QueueEntry Add(string userId)
    {
        var sequence = Queue.LastSequence + 1;
        var entry = new QueueEntry
        {
            EntryId = $"e{sequence}",
            Track = new Track { Url = $"/{sequence}", Title = "A song", DurationMs = 1000 },
            AddedBy = userId,
            AddedAtMs = sequence,
            Sequence = sequence,
        };
        Queue = QueueRules.Add(Queue, entry);
        return entry;
    }

    public void Vote(string entryId, string userId, int value) => Queue = QueueRules.SetVote(Queue, entryId, userId, value);

    public string? Serve()
    {
        if (QueueRules.Next(Queue) is not { } next)
            return null;
        Queue = QueueRules.Serve(Queue, next.EntryId, nowMs: Served.Count);
        Served.Add((next.AddedBy, [.. Queue.Entries.Values.Select(entry => entry.AddedBy)]));
        return next.EntryId;
    }

    private void Step(byte what, byte how)
    {
        switch (what % 8)
        {
            case 0 or 1 or 2:
                Add($"u{how % Users}");
                break;
            case 3 or 4:
                Serve();
                break;
            default:
                VoteOnSomething(what, how);
                break;
        }
    }

    private void VoteOnSomething(byte what, byte how)
    {
        var entries = Queue.Entries.Values.OrderBy(entry => entry.Sequence).ToList();
        if (!withVotes || entries.Count == 0)
            return;
        var entry = entries[how % entries.Count];
        var value = (what / 8 % 3) - 1;
        OnVote?.Invoke(Queue, entry, value);
        Vote(entry.EntryId, $"voter{how / 8 % 20}", value);
    }
}
