namespace WhatsSound.Client;

/// <summary>Where a publication is in its channel, once the promise of the channel is kept.</summary>
public sealed record Published(Position Position, long TimeMs);
