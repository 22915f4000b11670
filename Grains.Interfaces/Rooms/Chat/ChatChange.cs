namespace WhatsSound.Rooms;

/// <summary>The content of a <c>chatChanged</c> publication: what a message is from now on. Whoever shows the message shows this in its place; the publisher is who changed it.</summary>
[GenerateSerializer, Immutable, Alias("ws.ChatChange")]
public sealed record ChatChange
{
    /// <summary>The message's number.</summary>
    [Id(0)] public required long Offset { get; init; }

    /// <summary>Whose message it is.</summary>
    [Id(2)] public required string AuthorId { get; init; }

    /// <summary>All of it, as it is now.</summary>
    [Id(1)] public required ChatMessage Message { get; init; }
}
