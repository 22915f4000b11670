namespace WhatsSound.Rooms;

/// <summary>The content of a <c>hostChanged</c> publication.</summary>
[GenerateSerializer, Immutable, Alias("ws.HostChanged")]
public sealed record HostChanged
{
    /// <summary>The host from now on; null while nobody is there to be it.</summary>
    [Id(0)] public string? HostUserId { get; init; }

    /// <summary><c>transfer</c>, <c>left</c> (the host left the room, or said goodbye and was not back), <c>timeout</c> (the host was gone for the grace) or <c>returned</c> (the owner came back).</summary>
    [Id(1)] public required string Reason { get; init; }
}
