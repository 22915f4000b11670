using System.Collections.Immutable;
using WhatsSound.Channels;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Channels;

/// <summary>
/// The answers to recent publications by publisher and the id that it made. An id of a user or server leaves it after 2 minutes, or 10,000 later ones of
/// theirs; one of a room or of the system after 10,000 later ones of theirs only: a room publishes its outbox again after a crash, however long ago that was.
/// </summary>
internal sealed class IdempotencyWindow
{
    /// <summary>How many ids of users and servers are known at most, and how many of rooms and the system.</summary>
    public const int CountMax = 10_000;

    /// <summary>How long the id of a user or server is known: longer than any client goes on retrying a request.</summary>
    public const long AgeMs = 120_000;

    private readonly Dictionary<RequestId, Published> _answers = [];
    private readonly Queue<(RequestId Id, long TimeMs)> _clients = new();
    private readonly Queue<(RequestId Id, long TimeMs)> _own = new();

    /// <summary>How many ids are known.</summary>
    public int Count => _answers.Count;

    /// <summary>The answer the id got, if it is known. A room's may have got it in the name of the system, in which older programs published for rooms.</summary>
    public Published? Find(RequestId id, long nowMs)
    {
        Trim(nowMs);
        return _answers.GetValueOrDefault(id) ?? (id.Kind == PublisherKind.Room ? _answers.GetValueOrDefault(RequestId.Of(PublisherKind.System, null, id.Id)) : null);
    }

    /// <summary>All that is known, the oldest first.</summary>
    public ImmutableArray<KnownAnswer> ToMemory(long nowMs)
    {
        Trim(nowMs);
        return [.. _own.Concat(_clients).Select(known => KnownAnswerOf(known.Id, known.TimeMs))];
    }

    /// <summary>Remembers an answer. Its time is the publication's, so that a window read back from the log ages like the one that was lost.</summary>
    public void Add(RequestId id, Published answer)
    {
        if (!_answers.TryAdd(id, answer))
            return;
        var order = id.IsOwn ? _own : _clients;
        if (order.Count == CountMax)
            DropOldest(order);
        order.Enqueue((id, answer.TimeMs));
    }

    private KnownAnswer KnownAnswerOf(RequestId id, long timeMs) => new(id.Publisher, id.Id, _answers[id].Position.Offset, timeMs, id.Kind);

    private void Trim(long nowMs)
    {
        while (_clients.TryPeek(out var oldest) && oldest.TimeMs < nowMs - AgeMs)
            DropOldest(_clients);
    }

    private void DropOldest(Queue<(RequestId Id, long TimeMs)> order) => _answers.Remove(order.Dequeue().Id);
}
