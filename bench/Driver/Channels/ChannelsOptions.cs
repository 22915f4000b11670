namespace WhatsSound.Bench.Channels;

/// <summary>What is measured of channels without an audience: publishing, activation, memory.</summary>
internal sealed record ChannelsOptions : RunOptions
{
    public const string Help = """
        --storage sqlite,postgresql       in which databases
        --publishers 64                   connections that publish, each when its last publication is acknowledged
        --channels 1000                   over how many channels, besides into one
        --bytes 130                       data of a publication
        --seconds 5  --warm-up-max 16     how long
        --paced-seconds 20                how long at a steady rate, after half as long to warm up
        --alone 300                       publications one after another, for the acknowledgement without load
        --activations 100                 how many of each kind
        --memory-channels 5000            between the reading before and the one after
        --quick                           a fraction of the time: does it work, not what it costs
        """;

    public IReadOnlyList<string> Storage { get; init; } = ["sqlite", "postgresql"];

    public string Schema { get; init; } = "deploy/postgresql.sql";

    public int Publishers { get; init; } = 64;

    public int Channels { get; init; } = 1000;

    public int Bytes { get; init; } = 130;

    public int Seconds { get; init; } = 5;

    public int WarmUpSecondsMax { get; init; } = 16;

    public int PacedSeconds { get; init; } = 20;

    public int Alone { get; init; } = 300;

    public int Activations { get; init; } = 100;

    /// <summary>The publications that a full history has: as many as the default rule keeps.</summary>
    public int History { get; init; } = 512;

    public int MemoryChannels { get; init; } = 5000;

    public static ChannelsOptions Parse(IReadOnlyList<string> args) => CommandLine.Parse(args, new ChannelsOptions(), With);

    private static ChannelsOptions? With(ChannelsOptions options, string name, string value) => name switch
    {
        "--storage" => options with { Storage = value.Split(',') },
        "--publishers" => options with { Publishers = CommandLine.Number(value) },
        "--channels" => options with { Channels = CommandLine.Number(value) },
        "--bytes" => options with { Bytes = CommandLine.Number(value) },
        "--seconds" => options with { Seconds = CommandLine.Number(value) },
        "--warm-up-max" => options with { WarmUpSecondsMax = CommandLine.Number(value) },
        "--paced-seconds" => options with { PacedSeconds = CommandLine.Number(value) },
        "--alone" => options with { Alone = CommandLine.Number(value) },
        "--activations" => options with { Activations = CommandLine.Number(value) },
        "--memory-channels" => options with { MemoryChannels = CommandLine.Number(value) },
        "--quick" => options with { Seconds = 2, PacedSeconds = 4, WarmUpSecondsMax = 6, Alone = 50, Activations = 20, MemoryChannels = 1000 },
        _ => null,
    };
}
