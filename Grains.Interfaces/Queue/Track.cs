namespace WhatsSound.Queue;

/// <summary>A song as its adder describes it.</summary>
[GenerateSerializer, Immutable, Alias("ws.Track")]
public sealed record Track
{
    /// <summary>The most characters of an address.</summary>
    public const int UrlLengthMax = 2000;

    /// <summary>The most characters of a title and of an artist.</summary>
    public const int NameLengthMax = 200;

    /// <summary>The shortest song, in milliseconds.</summary>
    public const long DurationMsMin = 1000;

    /// <summary>The longest song that any room may take, in milliseconds; a deployment's rooms take less.</summary>
    public const long DurationMsMax = 24 * 60 * 60 * 1000;

    /// <summary>Where the audio is: an absolute https address, or a path of this server's songs. Up to <see cref="UrlLengthMax"/> characters. It identifies the song.</summary>
    [Id(0)] public required string Url { get; init; }

    /// <summary>1 to <see cref="NameLengthMax"/> characters.</summary>
    [Id(1)] public required string Title { get; init; }

    /// <summary>Up to <see cref="NameLengthMax"/> characters.</summary>
    [Id(2)] public string? Artist { get; init; }

    /// <summary>1 s to 24 h, in milliseconds; the room takes less by its own limit.</summary>
    [Id(3)] public required long DurationMs { get; init; }
}
