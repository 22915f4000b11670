using WhatsSound.Publications;

namespace WhatsSound.Gateway.Messages;

/// <summary>How many are in a channel: the content of the <c>occupancy</c> event, and the answer to who asks.</summary>
internal sealed record ChannelOccupancy(string Channel, int Connections, int Users, int Subscribers)
{
    public static ChannelOccupancy Of(string channel, Occupancy occupancy) => new(channel, occupancy.Connections, occupancy.Users, occupancy.Subscribers);
}
