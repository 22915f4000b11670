using System.Collections.Immutable;
using WhatsSound.Channels;

namespace WhatsSound.Grains.Channels;

/// <summary>
/// The answers to recent publications by publisher and the id that it made. A user's id leaves it after 2 minutes, or 10,000 later ids of users; one of the
/// system after 10,000 later ones of the system only: a room publishes its outbox again after a crash, however long ago that was.
/// </summary>
internal sealed class IdempotencyWindow
{
    /// <summary>How many ids of users are known at most, and how many of the system.</summary>
    public const int CountMax = 10_000;

    /// <summary>How long a user's id is known: longer than any client goes on retrying a request.</summary>
    public const long AgeMs = 120_000;

    private readonly Dictionary<RequestId, Published> _answers = [];
    private readonly Queue<(RequestId Id, long TimeMs)> _users = new();
    private readonly Queue<(RequestId Id, long TimeMs)> _system = new();

    /// <summary>How many ids are known.</summary>
    public int Count => _answers.Count;

    /// <summary>The answer the id got, if it is known.</summary>
    public Published? Find(RequestId id, long nowMs)
    {
        Trim(nowMs);
        return _answers.GetValueOrDefault(id);
    }

    /// <summary>All that is known, the oldest first.</summary>
    public ImmutableArray<KnownAnswer> ToMemory(long nowMs)
    {
        Trim(nowMs);
        return [.. _system.Concat(_users).Select(known => new KnownAnswer(known.Id.Publisher, known.Id.Id, _answers[known.Id].Position.Offset, known.TimeMs))];
    }

    /// <summary>Remembers an answer. Its time is the publication's, so that a window read back from the log ages like the one that was lost.</summary>
    public void Add(RequestId id, Published answer)
    {
        if (!_answers.TryAdd(id, answer))
            return;
        var order = id.Publisher is null ? _system : _users;
        if (order.Count == CountMax)
            DropOldest(order);
        order.Enqueue((id, answer.TimeMs));
    }

    private void Trim(long nowMs)
    {
        while (_users.TryPeek(out var oldest) && oldest.TimeMs < nowMs - AgeMs)
            DropOldest(_users);
    }

    private void DropOldest(Queue<(RequestId Id, long TimeMs)> order) => _answers.Remove(order.Dequeue().Id);
}
