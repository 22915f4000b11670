using Microsoft.Extensions.Options;

namespace WhatsSound.Gateway.Sessions;

/// <summary>How many connections there are, of all doors, and how many of them come from one address. An address that has none is not kept.</summary>
internal sealed class ConnectionCounts(IOptions<SessionLimits> options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Address> _addresses = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>Counts a connection; whoever is let in leaves.</summary>
    /// <param name="addressKey">What the address counts as.</param>
    /// <param name="address">What to leave.</param>
    /// <returns>Null, or why it is not let in.</returns>
    public Refusal? TryEnter(string addressKey, out Address? address)
    {
        lock (_gate)
        {
            address = null;
            if (_count >= options.Value.ConnectionsMax)
                return TooMany("The server has as many connections as it takes.", options.Value.ConnectionsMax);
            if (!_addresses.TryGetValue(addressKey, out var known))
                _addresses.Add(addressKey, known = new Address(addressKey));
            if (known.Count >= options.Value.ConnectionsPerAddressMax)
                return TooMany("There are as many connections from this address as the server takes.", options.Value.ConnectionsPerAddressMax);
            _count++;
            known.Count++;
            address = known;
            return null;
        }
    }

    public void Leave(Address address)
    {
        lock (_gate)
        {
            _count--;
            if (--address.Count == 0)
                _addresses.Remove(address.Key);
        }
    }

    private static Refusal TooMany(string message, int max) =>
        Refusals.Retry(RefusalCode.ConnectionLimit, message) with { Detail = max.ToString(System.Globalization.CultureInfo.InvariantCulture) };

    /// <summary>One object for all connections of an address: an idle one holds a reference.</summary>
    internal sealed class Address(string key)
    {
        public string Key => key;

        public int Count { get; set; }
    }
}
