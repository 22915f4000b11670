using WhatsSound.Publications;

namespace WhatsSound.Gateway.Messages;

/// <summary>The content of the <c>lost</c> event.</summary>
internal sealed record ChannelLost(string Channel, Position Position, long? LostFrom, long? LostTo);
