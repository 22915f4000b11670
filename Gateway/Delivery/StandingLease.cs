using WhatsSound.Streams;

namespace WhatsSound.Gateway.Delivery;

/// <summary>A renewal in a channel: asked, and, once a lane is known, standing at it.</summary>
internal sealed record StandingLease(long Number, LanePlace? Place);
