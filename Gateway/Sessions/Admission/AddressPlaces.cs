namespace WhatsSound.Gateway.Sessions;

/// <summary>The places of connections of one kind: so many for all, and so many for those of one address, so that none takes them from everybody. Safe from any thread.</summary>
/// <param name="max">How many there are.</param>
/// <param name="perAddressMax">How many of them one address may have.</param>
internal sealed class AddressPlaces(int max, int perAddressMax)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _addresses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>Gives the connection a place; whoever has one leaves. False: it has one, or there are too many.</summary>
    public bool TryEnter(string connectionId, string addressKey)
    {
        lock (_gate)
        {
            var count = _counts.GetValueOrDefault(addressKey);
            if (_addresses.Count >= max || count >= perAddressMax || !_addresses.TryAdd(connectionId, addressKey))
                return false;
            _counts[addressKey] = count + 1;
            return true;
        }
    }

    /// <summary>Gives the connection's place back, if it has one.</summary>
    public void Leave(string connectionId)
    {
        lock (_gate)
        {
            if (!_addresses.Remove(connectionId, out var addressKey))
                return;
            if (--_counts[addressKey] == 0)
                _counts.Remove(addressKey);
        }
    }
}
