namespace WhatsSound.Playback;

/// <summary>When a question for the time came and when it was answered, in Unix microseconds of the cluster's time.</summary>
[GenerateSerializer, Immutable, Alias("ws.ClockReading")]
public sealed record ClockReading
{
    /// <summary>When the question came.</summary>
    [Id(0)] public required long ReceivedUs { get; init; }

    /// <summary>When the answer went.</summary>
    [Id(1)] public required long SentUs { get; init; }
}
