namespace WhatsSound.Grains.Rooms;

/// <summary>A report of the host's player that was off the vector: what the next ones are compared with.</summary>
/// <param name="VectorRevision">The vector it is off from; another vector is another drift.</param>
/// <param name="PositionMs">Where the player was.</param>
/// <param name="AtMs">When, room time.</param>
internal sealed record HostDrift(long VectorRevision, long PositionMs, long AtMs);
