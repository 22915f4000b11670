namespace WhatsSound.Bench.Rooms;

/// <summary>What is measured: every command at every size of the queue and of the audience.</summary>
internal sealed record RoomsOptions : RunOptions
{
    public const string Help = """
        --members 10,100,1000             sizes of the audience
        --songs 10,100,490                lengths of the queue
        --count 100                       how many of each command
        --rate 40                         commands a second at most, one after another
        --deliveries-per-second 10000     what members get at most: fewer commands a second for many members
        --quick                           a fraction of the time: does it work, not what it costs
        """;

    public IReadOnlyList<int> Members { get; init; } = [10, 100, 1000];

    public IReadOnlyList<int> Songs { get; init; } = [10, 100, 490];

    public int Count { get; init; } = 100;

    public int RatePerSecond { get; init; } = 40;

    /// <summary>10 commands a second at 1,000 members: their frames leave the core half idle, so latency is not that of a queue.</summary>
    public int DeliveriesPerSecondMax { get; init; } = 10_000;

    public int WarmUpSecondsMax { get; init; } = 16;

    /// <summary>How long a server is watched that has nothing to do, to take that off what commands cost.</summary>
    public int IdleSeconds { get; init; } = 4;

    public static RoomsOptions Parse(IReadOnlyList<string> args) => CommandLine.Parse(args, new RoomsOptions(), With);

    private static RoomsOptions? With(RoomsOptions options, string name, string value) => name switch
    {
        "--members" => options with { Members = CommandLine.Numbers(value) },
        "--songs" => options with { Songs = CommandLine.Numbers(value) },
        "--count" => options with { Count = CommandLine.Number(value) },
        "--rate" => options with { RatePerSecond = CommandLine.Number(value) },
        "--deliveries-per-second" => options with { DeliveriesPerSecondMax = CommandLine.Number(value) },
        "--quick" => options with { Members = [10, 100], Count = 20, WarmUpSecondsMax = 4, IdleSeconds = 3 },
        _ => null,
    };
}
