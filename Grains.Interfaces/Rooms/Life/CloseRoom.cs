namespace WhatsSound.Rooms;

/// <summary>Closes the room: everybody is out, and nobody comes in until it is reopened. Roles, sanctions and settings stay. Refusals: FORBIDDEN.</summary>
[GenerateSerializer, Immutable, Alias("ws.CloseRoom")]
public sealed record CloseRoom : RoomAction
{
    /// <summary>The most characters of a reason.</summary>
    public const int ReasonLengthMax = 200;

    /// <summary>Why, up to <see cref="ReasonLengthMax"/> characters; told to everybody.</summary>
    [Id(0)] public string? Reason { get; init; }
}
