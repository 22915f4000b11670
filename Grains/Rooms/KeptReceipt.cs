using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>The answer to a command that was carried out, kept so that the same command has one effect.</summary>
internal sealed record KeptReceipt
{
    public required string UserId { get; init; }

    public required string CommandId { get; init; }

    public required long AtMs { get; init; }

    public required RoomReceipt Receipt { get; init; }
}
