using System.Globalization;

namespace WhatsSound.Bench;

/// <summary>Reads <c>--name value</c> pairs into <see cref="BenchmarkOptions"/>.</summary>
internal static class CommandLine
{
    public const string Help = """
        --scenarios fanout,memory,stall   what to measure
        --servers plain,channel,room      in which servers; the ratios are to plain
        --listeners 500  --bytes 130  --rate 30      the fan-out
        --rounds 3  --seconds 6           how often, how long
        --warm-up-min 4  --warm-up-max 16            a warm-up ends when the runtime stops compiling
        --memory-from 500  --memory-to 2500          connection counts between which memory is compared
        --stall-listeners 100  --stall-bytes 16384  --stall-rate 40  --stall-seconds 5
        --server-core 0  --driver-core 1
        --before <folder>                 another build output (artifacts/.../bin), whose channel is measured beside this one's
        --env NAME=VALUE                  a setting for every server under test; can be repeated
        --out <folder>                    for fanout.md and fanout.json (artifacts/bench)
        --minutes-max 10
        """;

    public static BenchmarkOptions Parse(IReadOnlyList<string> args)
    {
        if (args.Count % 2 != 0)
            throw new ArgumentException($"Every option takes one value.\n{Help}", nameof(args));

        var options = new BenchmarkOptions { Bin = "artifacts/bin", Out = "artifacts/bench" };
        for (var i = 0; i < args.Count; i += 2)
            options = With(options, args[i], args[i + 1]);
        return options with { Bin = Path.GetFullPath(options.Bin), Out = Path.GetFullPath(options.Out) };
    }

    private static BenchmarkOptions With(BenchmarkOptions options, string name, string value) => name switch
    {
        "--bin" => options with { Bin = value },
        "--out" => options with { Out = value },
        "--scenarios" => options with { Scenarios = value.Split(',') },
        "--servers" => options with { Servers = value.Split(',') },
        "--server-core" => options with { ServerCore = Number(value) },
        "--driver-core" => options with { DriverCore = Number(value) },
        "--rounds" => options with { Rounds = Number(value) },
        "--listeners" => options with { Listeners = Number(value) },
        "--bytes" => options with { Bytes = Number(value) },
        "--rate" => options with { RatePerSecond = Number(value) },
        "--warm-up-min" => options with { WarmUpSecondsMin = Number(value) },
        "--warm-up-max" => options with { WarmUpSecondsMax = Number(value) },
        "--seconds" => options with { Seconds = Number(value) },
        "--memory-from" => options with { MemoryFrom = Number(value) },
        "--memory-to" => options with { MemoryTo = Number(value) },
        "--stall-listeners" => options with { StallListeners = Number(value) },
        "--stall-bytes" => options with { StallBytes = Number(value) },
        "--stall-rate" => options with { StallRatePerSecond = Number(value) },
        "--stall-seconds" => options with { StallSeconds = Number(value) },
        "--minutes-max" => options with { MinutesMax = Number(value) },
        "--before" => options with { Before = Path.GetFullPath(value) },
        "--env" => options with { ServerEnvironment = With(options.ServerEnvironment, value) },
        _ => throw new ArgumentException($"There is no option {name}.\n{Help}", nameof(name)),
    };

    private static Dictionary<string, string> With(IReadOnlyDictionary<string, string> environment, string setting)
    {
        var parts = setting.Split('=', 2);
        return new Dictionary<string, string>(environment, StringComparer.Ordinal) { [parts[0]] = parts[1] };
    }

    private static int Number(string value) => int.Parse(value, CultureInfo.InvariantCulture);
}
