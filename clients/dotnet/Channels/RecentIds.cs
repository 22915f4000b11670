namespace WhatsSound.Client;

/// <summary>The last 1,000 ids that were added: more publications than a channel remembers, unless its rule says more than the usual 512.</summary>
internal sealed class RecentIds
{
    private const int IdsMax = 1_000;

    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = [];

    public void Add(string id)
    {
        if (!_ids.Add(id))
            return;
        _order.Enqueue(id);
        if (_order.Count > IdsMax)
            _ids.Remove(_order.Dequeue());
    }

    public bool Contains(string id) => _ids.Contains(id);
}
