namespace WhatsSound.Grains.Storage;

/// <summary>A row of <c>OutboxChannel</c>, in the order of its columns.</summary>
internal sealed record OutboxMarkRow(string Channel, string Epoch, long HeadOffset, long IsOccupied, long AtMs)
{
    public OutboxMark ToMark() => new(Channel, Epoch, HeadOffset, IsOccupied != 0, AtMs);
}
