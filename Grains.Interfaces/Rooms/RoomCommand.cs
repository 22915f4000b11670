namespace WhatsSound.Rooms;

/// <summary>Who asks a room for what.</summary>
[GenerateSerializer, Immutable, Alias("ws.RoomCommand")]
public sealed record RoomCommand
{
    /// <summary>
    /// Made by the client: 1 to 64 characters. The same id again within 2 minutes or 1,000 commands of the room has one effect and the same answer,
    /// also after a reconnect or a crash; with it, another command is refused (CONFLICT). A refused command had no effect, and is decided anew.
    /// </summary>
    [Id(0)] public required string CommandId { get; init; }

    /// <summary>The session's user; set by the gateway.</summary>
    [Id(1)] public required string UserId { get; init; }

    /// <summary>The user's display name from the token, up to 64 characters.</summary>
    [Id(2)] public string? DisplayName { get; init; }

    /// <summary>What is asked for.</summary>
    [Id(3)] public required RoomAction Action { get; init; }
}
