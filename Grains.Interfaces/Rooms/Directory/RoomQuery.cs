using System.Collections.Immutable;

namespace WhatsSound.Rooms;

/// <summary>Which rooms of the public list somebody wants to see.</summary>
[GenerateSerializer, Immutable, Alias("ws.RoomQuery")]
public sealed record RoomQuery
{
    /// <summary>The most rooms of a page.</summary>
    public const int CountBound = 100;

    /// <summary>The most characters of <see cref="Text"/>.</summary>
    public const int TextLengthMax = 64;

    /// <summary>The most characters of <see cref="After"/>.</summary>
    public const int CursorLengthMax = 128;

    /// <summary>1 to 100 rooms.</summary>
    [Id(0)] public int CountMax { get; init; } = CountBound;

    /// <summary>Each of its words begins one of the name's, whatever their case and marks; null: any name.</summary>
    [Id(1)] public string? Text { get; init; }

    /// <summary>The room has all of these, compared in the same way.</summary>
    [Id(2)] public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Where the page before ended, as <see cref="RoomListingPage.Next"/>; null: the first page.</summary>
    [Id(3)] public string? After { get; init; }
}
