namespace WhatsSound.Rooms;

/// <summary>A report: how long a message takes to the reporter. The room announces starts so far ahead that most hear of them in time.</summary>
[GenerateSerializer, Immutable, Alias("ws.ReportLatency")]
public sealed record ReportLatency : RoomAction
{
    /// <summary>The most that can be reported.</summary>
    public const int OneWayMsMax = 60_000;

    /// <summary>Milliseconds in one direction, 0 to 60,000.</summary>
    [Id(0)] public required int OneWayMs { get; init; }
}
