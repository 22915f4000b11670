namespace WhatsSound.Bench.FanOut;

/// <summary>What is measured, and how long. The defaults are the situation in which the design states its goals.</summary>
internal sealed record FanOutOptions : RunOptions
{
    public const string Help = """
        --scenarios fanout,memory,stall   what to measure
        --servers floor,ws,socketio,plain,channel,messagepack,room        in which servers; the ratios are the channel's to each
        --listeners 500  --bytes 130  --rate 30      the fan-out
        --rounds 3  --seconds 5           how often, how long
        --warm-up-min 4  --warm-up-max 12            a warm-up ends when the runtime stops compiling
        --memory-from 500  --memory-to 2500          connection counts between which memory is compared
        --stall-listeners 100  --stall-bytes 16384  --stall-rate 40  --stall-seconds 4
        --before <folder>                 another build output (artifacts/.../bin), whose channel is measured beside this one's
        --quick                           a fraction of the time: does it work, not what it costs
        """;

    public IReadOnlyList<string> Scenarios { get; init; } = ["fanout", "memory", "stall"];

    public IReadOnlyList<string> Servers { get; init; } = ["channel", "messagepack", "floor", "ws", "socketio", "plain", "room"];

    public int Rounds { get; init; } = 3;

    public int Listeners { get; init; } = 500;

    public int Bytes { get; init; } = 130;

    public int RatePerSecond { get; init; } = 30;

    /// <summary>A warm-up lasts until the runtime has stopped compiling, which it does for long in the background, but at least so long.</summary>
    public int WarmUpSecondsMin { get; init; } = 4;

    public int WarmUpSecondsMax { get; init; } = 12;

    public int Seconds { get; init; } = 5;

    public int MemoryFrom { get; init; } = 500;

    public int MemoryTo { get; init; } = 2500;

    public int StallListeners { get; init; } = 100;

    /// <summary>16 KB at 40/s fill the megabyte that the kernel holds for a stalled reader within 2 s; 130 bytes at 30/s would take minutes.</summary>
    public int StallBytes { get; init; } = 16 * 1024;

    public int StallRatePerSecond { get; init; } = 40;

    public int StallSeconds { get; init; } = 4;

    /// <summary>The build output folder of another version of this server, to be measured beside it; null: none.</summary>
    public string? Before { get; init; }

    public static FanOutOptions Parse(IReadOnlyList<string> args) => CommandLine.Parse(args, new FanOutOptions(), With);

    private static FanOutOptions? With(FanOutOptions options, string name, string value) => name switch
    {
        "--scenarios" => options with { Scenarios = value.Split(',') },
        "--servers" => options with { Servers = value.Split(',') },
        "--rounds" => options with { Rounds = CommandLine.Number(value) },
        "--listeners" => options with { Listeners = CommandLine.Number(value) },
        "--bytes" => options with { Bytes = CommandLine.Number(value) },
        "--rate" => options with { RatePerSecond = CommandLine.Number(value) },
        "--warm-up-min" => options with { WarmUpSecondsMin = CommandLine.Number(value) },
        "--warm-up-max" => options with { WarmUpSecondsMax = CommandLine.Number(value) },
        "--seconds" => options with { Seconds = CommandLine.Number(value) },
        "--memory-from" => options with { MemoryFrom = CommandLine.Number(value) },
        "--memory-to" => options with { MemoryTo = CommandLine.Number(value) },
        "--stall-listeners" => options with { StallListeners = CommandLine.Number(value) },
        "--stall-bytes" => options with { StallBytes = CommandLine.Number(value) },
        "--stall-rate" => options with { StallRatePerSecond = CommandLine.Number(value) },
        "--stall-seconds" => options with { StallSeconds = CommandLine.Number(value) },
        "--before" => options with { Before = Path.GetFullPath(value) },
        "--quick" => options with
        {
            Rounds = 1, Seconds = 3, WarmUpSecondsMin = 2, WarmUpSecondsMax = 4, MemoryFrom = 100, MemoryTo = 500, StallSeconds = 2,
        },
        _ => null,
    };
}
