namespace WhatsSound.Bench.Idle;

/// <summary>What is measured while nothing happens: CPU of what is there and does nothing, and memory after much has happened.</summary>
internal sealed record IdleOptions : RunOptions
{
    public const string Help = """
        --scenarios channels,rooms,churn  which of them
        --before <folder>                 beside another build's output folder (artifacts/bin)
        --connections 200                 that are there
        --channels 100                    that each of them has, and nobody else
        --rooms 4000                      in which nobody is
        --seconds 60                      how long nothing happens while it is looked on
        --settle 20                       how long nothing happens before
        --members 500                     who join a room and are cut off, again and again
        --churn-seconds 40                how long they do
        --rest 120                        after which the memory is read
        --quick                           a fraction of it: does it work, not what it costs
        """;

    public IReadOnlyList<string> Scenarios { get; init; } = ["channels", "rooms", "churn"];

    public string? Before { get; init; }

    public int Connections { get; init; } = 200;

    public int Channels { get; init; } = 100;

    public int Rooms { get; init; } = 4000;

    public int Seconds { get; init; } = 60;

    public int SettleSeconds { get; init; } = 20;

    public int Members { get; init; } = 500;

    public int ChurnSeconds { get; init; } = 40;

    public int RestSeconds { get; init; } = 120;

    public static IdleOptions Parse(IReadOnlyList<string> args) => CommandLine.Parse(args, new IdleOptions { MinutesMax = 20 }, With);

    private static IdleOptions? With(IdleOptions options, string name, string value) => name switch
    {
        "--scenarios" => options with { Scenarios = value.Split(',') },
        "--before" => options with { Before = Path.GetFullPath(value) },
        "--connections" => options with { Connections = CommandLine.Number(value) },
        "--channels" => options with { Channels = CommandLine.Number(value) },
        "--rooms" => options with { Rooms = CommandLine.Number(value) },
        "--seconds" => options with { Seconds = CommandLine.Number(value) },
        "--settle" => options with { SettleSeconds = CommandLine.Number(value) },
        "--members" => options with { Members = CommandLine.Number(value) },
        "--churn-seconds" => options with { ChurnSeconds = CommandLine.Number(value) },
        "--rest" => options with { RestSeconds = CommandLine.Number(value) },
        "--quick" => options with { Channels = 20, Rooms = 200, Seconds = 8, SettleSeconds = 4, Members = 50, ChurnSeconds = 5, RestSeconds = 5 },
        _ => null,
    };
}
