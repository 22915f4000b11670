namespace WhatsSound.Queue;

/// <summary>A song as its adder describes it.</summary>
[GenerateSerializer, Immutable, Alias("ws.Track")]
public sealed record Track
{
    /// <summary>Where the audio is: an absolute http(s) address, or a path of this server that starts with <c>/</c>. Up to 2,000 characters. It identifies the song.</summary>
    [Id(0)] public required string Url { get; init; }

    /// <summary>1 to 200 characters.</summary>
    [Id(1)] public required string Title { get; init; }

    /// <summary>Up to 200 characters.</summary>
    [Id(2)] public string? Artist { get; init; }

    /// <summary>1 s to 24 h, in milliseconds; the room takes less by its own limit.</summary>
    [Id(3)] public required long DurationMs { get; init; }
}
