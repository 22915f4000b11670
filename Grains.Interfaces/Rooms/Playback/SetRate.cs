namespace WhatsSound.Rooms;

/// <summary>Plays the current song faster or slower from now on; the next one starts at its own speed. Takes <c>controlPlayback</c>, which the host has. Refusals: FORBIDDEN, NOTHING_PLAYING.</summary>
[GenerateSerializer, Immutable, Alias("ws.SetRate")]
public sealed record SetRate : RoomAction
{
    /// <summary>The slowest, in thousandths.</summary>
    public const int RateMin = 500;

    /// <summary>The fastest, in thousandths.</summary>
    public const int RateMax = 2000;

    /// <summary>The speed in thousandths, 500 to 2000.</summary>
    [Id(0)] public required int RatePermille { get; init; }
}
