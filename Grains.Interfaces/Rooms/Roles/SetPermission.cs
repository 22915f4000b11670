namespace WhatsSound.Rooms;

/// <summary>Which role something takes in this room. Each permission has a floor, below which it is not given away. Refusals: FORBIDDEN, BAD_REQUEST.</summary>
[GenerateSerializer, Immutable, Alias("ws.SetPermission")]
public sealed record SetPermission : RoomAction
{
    /// <summary>Its name, as <see cref="RoomSnapshot.MyPermissions"/> has it.</summary>
    [Id(0)] public required string Permission { get; init; }

    /// <summary>The least role that may; null: as in any room.</summary>
    [Id(1)] public RoomRole? Role { get; init; }
}
