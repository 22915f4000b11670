using WhatsSound.Presence;

namespace WhatsSound.Grains.Presence;

/// <summary>A connection of a member.</summary>
/// <param name="Entry">As it entered last: its gateway, its number, and what it shows of the member.</param>
/// <param name="Ordinal">Higher than that of every connection that entered the channel before.</param>
internal sealed record MemberConnection(PresenceEntry Entry, long Ordinal)
{
    public ConnectionName Name => new(Entry.UserId, Entry.ConnectionId);

    /// <summary>What the connection adds to the digest of its gateway's.</summary>
    public ulong Digest { get; } = ConnectionDigest.Of(Entry);
}
