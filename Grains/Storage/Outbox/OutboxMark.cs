namespace WhatsSound.Grains.Storage;

/// <summary>Up to where a channel is in the outbox.</summary>
/// <param name="Channel">Its name.</param>
/// <param name="Epoch">Its epoch then.</param>
/// <param name="HeadOffset">Its last publication then.</param>
/// <param name="IsOccupied">Whether it was told as occupied, and not as vacated since.</param>
/// <param name="AtMs">When that was: Unix time in milliseconds.</param>
[GenerateSerializer, Immutable, Alias("ws.OutboxMark")]
public sealed record OutboxMark(
    [property: Id(0)] string Channel, [property: Id(1)] string Epoch, [property: Id(2)] long HeadOffset, [property: Id(3)] bool IsOccupied, [property: Id(4)] long AtMs);
