using System.Globalization;

namespace WhatsSound.Bench;

/// <summary>Reads <c>--name value</c> pairs, and the flag <c>--quick</c>, into a benchmark's options.</summary>
internal static class CommandLine
{
    public const string Help = """
        --server-core 0  --driver-core 1
        --env NAME=VALUE                  a setting for every server under test; can be repeated
        --out <folder>                    for the report (artifacts/bench)
        --minutes-max 10                  what was measured by then is reported
        """;

    private const string Quick = "--quick";

    /// <summary>Takes the options that every benchmark has itself, and the others by <paramref name="with"/>, which answers null to what it does not know.</summary>
    public static T Parse<T>(IReadOnlyList<string> args, T options, Func<T, string, string, T?> with)
        where T : RunOptions
    {
        for (var i = 0; i < args.Count; i++)
        {
            var name = args[i];
            if (name != Quick && ++i == args.Count)
                throw new ArgumentException($"The option {name} needs a value.", nameof(args));
            options = (T?)With(options, name, args[i]) ?? with(options, name, args[i])
                ?? throw new ArgumentException($"There is no option {name}; --help lists them.", nameof(args));
        }

        return (T)(options with
        {
            Bin = Path.GetFullPath(options.Bin), Node = Path.GetFullPath(options.Node), Out = Path.GetFullPath(options.Out),
        });
    }

    public static int Number(string value) => int.Parse(value, CultureInfo.InvariantCulture);

    public static IReadOnlyList<int> Numbers(string value) => [.. value.Split(',').Select(Number)];

    private static RunOptions? With(RunOptions options, string name, string value) => name switch
    {
        "--bin" => options with { Bin = value },
        "--node" => options with { Node = value },
        "--out" => options with { Out = value },
        "--server-core" => options with { ServerCore = Number(value) },
        "--driver-core" => options with { DriverCore = Number(value) },
        "--minutes-max" => options with { MinutesMax = Number(value) },
        "--env" => options with { ServerEnvironment = With(options.ServerEnvironment, value) },
        _ => null,
    };

    private static Dictionary<string, string> With(IReadOnlyDictionary<string, string> environment, string setting)
    {
        var parts = setting.Split('=', 2);
        return new Dictionary<string, string>(environment, StringComparer.Ordinal) { [parts[0]] = parts[1] };
    }
}
