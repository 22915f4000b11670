namespace WhatsSound.Rooms;

/// <summary>Tells those who keep order of a user. Refusals: CANNOT_TARGET_SELF, RATE_LIMITED.</summary>
[GenerateSerializer, Immutable, Alias("ws.ReportMember")]
public sealed record ReportMember : RoomAction
{
    /// <summary>Of whom.</summary>
    [Id(0)] public required string UserId { get; init; }

    /// <summary>Why, 1 to 200 characters.</summary>
    [Id(1)] public required string Reason { get; init; }

    /// <summary>The number of the chat message that it is about.</summary>
    [Id(2)] public long? ChatOffset { get; init; }
}
