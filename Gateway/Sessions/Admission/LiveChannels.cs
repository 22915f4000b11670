namespace WhatsSound.Gateway.Sessions;

/// <summary>
/// Which channels and rooms each was the first to use here, of those that live on: each is a grain. Bounded; at the bound the one who has made none for longest is forgotten, as if it had none. Safe from
/// any thread.
/// </summary>
/// <param name="allMax">How many are remembered.</param>
internal sealed class LiveChannels(int allMax)
{
    /// <summary>How many of one are looked at when another is made: more than one comes, so that none stays that is over.</summary>
    private const int LookedAtMax = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<Payer, LinkedListNode<Made>> _made = [];

    /// <summary>The one who has made none for longest first.</summary>
    private readonly LinkedList<Made> _byUse = new();
    private int _count;

    /// <summary>How many are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _count;
        }
    }

    /// <summary>Remembers that the channel is one of the payer's; false: there are as many as the payer may have.</summary>
    public bool TryAdd(Payer payer, string channel, Func<string, bool> isLive, int max)
    {
        lock (_gate)
        {
            if (_byUse.First is { } idle)
                Look(idle, isLive);
            var node = Use(payer);
            if (node.Value.Channels.Count >= max)
                Look(node, isLive, isKept: true);
            if (node.Value.Channels.Count >= max)
                return false;
            if (node.Value.Channels.Add(channel))
            {
                node.Value.Order.Enqueue(channel);
                _count++;
            }

            while (_count > allMax && _byUse.First is { } first)
                Forget(first);
            return true;
        }
    }

    private LinkedListNode<Made> Use(Payer payer)
    {
        if (_made.TryGetValue(payer, out var node))
            _byUse.Remove(node);
        else
            _made.Add(payer, node = new LinkedListNode<Made>(new Made(payer)));
        _byUse.AddLast(node);
        return node;
    }

    /// <summary>Lets go of those that are over, of as many as are looked at; those that live on are looked at again later.</summary>
    private void Look(LinkedListNode<Made> node, Func<string, bool> isLive, bool isKept = false)
    {
        var made = node.Value;
        for (var left = Math.Min(made.Order.Count, LookedAtMax); left > 0; left--)
        {
            var channel = made.Order.Dequeue();
            if (isLive(channel))
            {
                made.Order.Enqueue(channel);
            }
            else
            {
                made.Channels.Remove(channel);
                _count--;
            }
        }

        if (made.Channels.Count == 0 && !isKept)
            Forget(node);
    }

    private void Forget(LinkedListNode<Made> node)
    {
        _byUse.Remove(node);
        _made.Remove(node.Value.Payer);
        _count -= node.Value.Channels.Count;
    }

    private sealed class Made(Payer payer)
    {
        public Payer Payer => payer;

        public HashSet<string> Channels { get; } = new(StringComparer.Ordinal);

        public Queue<string> Order { get; } = new();
    }
}
