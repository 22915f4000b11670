namespace WhatsSound.Grains.Playback;

/// <summary>The host's player has been off the vector.</summary>
/// <param name="VectorRevision">The vector it is off from; another vector is another drift.</param>
/// <param name="SinceMs">Since when, room time.</param>
internal sealed record HostDrift(long VectorRevision, long SinceMs);
