namespace WhatsSound.Rooms;

/// <summary>A member has told of a user: the content of a <c>report</c> publication to one who keeps order.</summary>
[GenerateSerializer, Immutable, Alias("ws.ReportNotice")]
public sealed record ReportNotice
{
    /// <summary>The room.</summary>
    [Id(0)] public required string RoomId { get; init; }

    /// <summary>Whom it is about.</summary>
    [Id(1)] public required string UserId { get; init; }

    /// <summary>Who tells.</summary>
    [Id(2)] public required string ByUserId { get; init; }

    /// <summary>Why.</summary>
    [Id(3)] public required string Reason { get; init; }

    /// <summary>The number of the chat message that it is about.</summary>
    [Id(4)] public long? ChatOffset { get; init; }
}
