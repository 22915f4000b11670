namespace WhatsSound.Grains.Storage;

/// <summary>A lane in which something waits.</summary>
/// <param name="Lane">Its name.</param>
/// <param name="RowsCount">How many rows.</param>
public sealed record OutboxLane(string Lane, long RowsCount);
