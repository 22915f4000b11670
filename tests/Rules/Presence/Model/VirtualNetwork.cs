namespace WhatsSound.Tests.Rules.Presence.Model;

/// <summary>Virtual time, and calls that take some of it: late, twice, or lost. Repeatable: its dice are its own.</summary>
internal sealed class VirtualNetwork(int seed)
{
    /// <summary>As long as a gateway waits for an answer.</summary>
    public const long TimeoutMs = 5_000;

    private readonly PriorityQueue<Action, (long AtMs, long Order)> _due = new();
    private readonly Random _random = new(seed);
    private long _order;

    public long NowMs { get; private set; } = 1_000_000;

    /// <summary>The most that a call takes, if it does not come late.</summary>
    public int DelayMaxMs { get; init; } = 200;

    /// <summary>How much later a late or doubled call comes at most.</summary>
    public int LateMaxMs { get; init; } = 9_000;

    /// <summary>One of so many calls comes again, late.</summary>
    public int DoubledOneOf { get; init; } = 8;

    /// <summary>One of so many calls comes late; its caller has given up by then, or not.</summary>
    public int LateOneOf { get; init; } = 12;

    /// <summary>One of so many calls is lost; 0: none.</summary>
    public int LostOneOf { get; init; }

    public void After(long ms, Action action) => _due.Enqueue(action, (NowMs + ms, _order++));

    /// <summary>A call: what arrives, possibly more than once, says whether it could be carried out; its caller learns of the first, or gives up.</summary>
    public void Call(Func<bool> arrive, Action<bool> answered)
    {
        var isOver = false;
        void Answer(bool isDone)
        {
            if (isOver)
                return;
            isOver = true;
            answered(isDone);
        }

        After(TimeoutMs, () => Answer(false));
        if (Hits(LostOneOf))
            return;
        After(DelayMs(LateOneOf), () =>
        {
            if (arrive())
                After(DelayMs(0), () => Answer(true));
        });
        if (Hits(DoubledOneOf))
            After(DelayMs(1), () => arrive());
    }

    /// <summary>Lets time pass; after each thing that happens, and at each time that was asked for, looks.</summary>
    public void Pass(long ms, Func<long?> wakeMs, Action look)
    {
        var untilMs = NowMs + ms;
        while (true)
        {
            var nextMs = Math.Min(_due.TryPeek(out _, out var next) ? next.AtMs : long.MaxValue, wakeMs() ?? long.MaxValue);
            if (nextMs > untilMs)
                break;
            NowMs = Math.Max(NowMs, nextMs);
            look();
            if (_due.TryPeek(out _, out next) && next.AtMs <= NowMs)
            {
                _due.Dequeue()();
                look();
            }
        }

        NowMs = untilMs;
        look();
    }

    private bool Hits(int oneOf) => oneOf > 0 && _random.Next(oneOf) == 0;

    private int DelayMs(int lateOneOf) => 1 + _random.Next(Hits(lateOneOf) ? LateMaxMs : DelayMaxMs);
}
