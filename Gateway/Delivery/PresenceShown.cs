using WhatsSound.Channels;

namespace WhatsSound.Gateway.Delivery;

/// <summary>What an entered connection shows, kept to enter it again where the channel forgot.</summary>
internal sealed record PresenceShown(string UserId, string? DisplayName, Payload Info);
