namespace WhatsSound.Bench.Rooms;

/// <summary>What is measured: every command at every size of the queue and of the audience.</summary>
internal sealed record RoomsOptions : RunOptions
{
    public const string Help = """
        --members 10,100,1000             sizes of the audience
        --songs 11,490,9990               lengths of the queue
        --count 100                       how many of each command
        --rate 40                         commands a second at most, one after another
        --deliveries-per-second 10000     what members get at most: fewer commands a second for many members
        --crowd 1000                      members of the room that fills up, listens and votes; 0: none
        --joins 50                        of them, so many come a second
        --votes 100                       and vote so often a second
        --crowd-seconds 10                for so long, and listen for so long before
        --quick                           a fraction of the time: does it work, not what it costs
        """;

    public IReadOnlyList<int> Members { get; init; } = [10, 100, 1000];

    public IReadOnlyList<int> Songs { get; init; } = [11, 490, 9_990];

    public int Count { get; init; } = 100;

    public int RatePerSecond { get; init; } = 40;

    /// <summary>10 commands a second at 1,000 members: their frames leave the core half idle, so latency is not that of a queue.</summary>
    public int DeliveriesPerSecondMax { get; init; } = 10_000;

    public int WarmUpSecondsMax { get; init; } = 16;

    /// <summary>How long a server is watched that has nothing to do, to take that off what commands cost.</summary>
    public int IdleSeconds { get; init; } = 4;

    public int Crowd { get; init; } = 1000;

    public int JoinsPerSecond { get; init; } = 50;

    public int VotesPerSecond { get; init; } = 100;

    public int CrowdSeconds { get; init; } = 10;

    public static RoomsOptions Parse(IReadOnlyList<string> args) => CommandLine.Parse(args, new RoomsOptions(), With);

    private static RoomsOptions? With(RoomsOptions options, string name, string value) => name switch
    {
        "--members" => options with { Members = CommandLine.Numbers(value) },
        "--songs" => options with { Songs = CommandLine.Numbers(value) },
        "--count" => options with { Count = CommandLine.Number(value) },
        "--rate" => options with { RatePerSecond = CommandLine.Number(value) },
        "--deliveries-per-second" => options with { DeliveriesPerSecondMax = CommandLine.Number(value) },
        "--crowd" => options with { Crowd = CommandLine.Number(value) },
        "--joins" => options with { JoinsPerSecond = CommandLine.Number(value) },
        "--votes" => options with { VotesPerSecond = CommandLine.Number(value) },
        "--crowd-seconds" => options with { CrowdSeconds = CommandLine.Number(value) },
        "--quick" => options with { Members = [10, 100], Crowd = 100, CrowdSeconds = 4, Count = 20, WarmUpSecondsMax = 4, IdleSeconds = 3 },
        _ => null,
    };
}
