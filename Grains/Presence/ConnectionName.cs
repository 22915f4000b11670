namespace WhatsSound.Grains.Presence;

/// <summary>Which connection: its id is unique over all gateways, as long as nobody lies.</summary>
internal readonly record struct ConnectionName(string UserId, string ConnectionId);
