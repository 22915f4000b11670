namespace WhatsSound.Grains.Storage;

/// <summary>Up to where a channel is in the outbox.</summary>
/// <param name="Channel">Its name.</param>
/// <param name="Epoch">Its epoch then.</param>
/// <param name="HeadOffset">Its last publication then.</param>
/// <param name="IsOccupied">Whether it was told as occupied, and not as vacated since.</param>
/// <param name="AtMs">When that was: Unix time in milliseconds.</param>
public sealed record OutboxMark(string Channel, string Epoch, long HeadOffset, bool IsOccupied, long AtMs);
