using WhatsSound.Channels;

namespace WhatsSound.Grains.Channels;

/// <summary>The answers to recent publications by publisher and the id that it made. An id leaves it after 2 minutes, or 10,000 later ids.</summary>
internal sealed class IdempotencyWindow
{
    /// <summary>How many ids are known at most.</summary>
    public const int CountMax = 10_000;

    /// <summary>How long an id is known: longer than any client goes on retrying a request.</summary>
    public const long AgeMs = 120_000;

    private readonly Dictionary<RequestId, Published> _answers = [];
    private readonly Queue<(RequestId Id, long TimeMs)> _order = new();

    /// <summary>The answer the id got, if it is known.</summary>
    public Published? Find(RequestId id, long nowMs)
    {
        DropBefore(nowMs - AgeMs);
        return _answers.GetValueOrDefault(id);
    }

    /// <summary>Remembers an answer. Its time is the publication's, so that a window read back from the log ages like the one that was lost.</summary>
    public void Add(RequestId id, Published answer)
    {
        if (_answers.Count == CountMax)
            DropOldest();
        if (_answers.TryAdd(id, answer))
            _order.Enqueue((id, answer.TimeMs));
    }

    private void DropBefore(long timeMs)
    {
        while (_order.TryPeek(out var oldest) && oldest.TimeMs < timeMs)
            DropOldest();
    }

    private void DropOldest() => _answers.Remove(_order.Dequeue().Id);
}
