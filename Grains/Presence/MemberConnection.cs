using WhatsSound.Presence;

namespace WhatsSound.Grains.Presence;

/// <summary>A connection of a member.</summary>
/// <param name="Entry">As it entered last: its gateway, and what it shows of the member.</param>
/// <param name="Ordinal">Higher than that of every connection that entered the channel before.</param>
/// <param name="IsConfirmed">False since a count of the gateway did not fit, until the gateway enters it again.</param>
internal sealed record MemberConnection(PresenceEntry Entry, long Ordinal, bool IsConfirmed = true)
{
    public Guid GatewayId => Entry.GatewayId;
}
