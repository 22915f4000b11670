using System.Text;

namespace WhatsSound.Presence;

/// <summary>
/// A number that stands for a set of connections in a channel's presence: the exclusive or of a hash of each (FNV-1a, 64 bits), so that it changes by one step as
/// connections come and go. Two sets of the same number are the same, but for a chance of 1 in 2^64. The empty set is 0.
/// </summary>
public static class ConnectionDigest
{
    private const ulong Offset = 14_695_981_039_346_656_037;
    private const ulong Prime = 1_099_511_628_211;

    /// <summary>The number of one connection of a user, as it entered last.</summary>
    public static ulong Of(PresenceEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var hash = (Add(Add(Offset, entry.UserId) * Prime, entry.ConnectionId) ^ (ulong)entry.Sequence) * Prime;
        // FNV leaves the high bits of short texts alike; the exclusive or of many needs all of them.
        return SplitMix64.Mix(hash);
    }

    private static ulong Add(ulong hash, string text)
    {
        foreach (var one in Encoding.UTF8.GetBytes(text))
            hash = (hash ^ one) * Prime;
        return hash;
    }
}
