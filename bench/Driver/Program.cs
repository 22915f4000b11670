using System.Runtime.InteropServices;
using System.Text.Json;
using WhatsSound.Bench;
using WhatsSound.Bench.Channels;
using WhatsSound.Bench.FanOut;
using WhatsSound.Bench.Idle;
using WhatsSound.Bench.Reports;
using WhatsSound.Bench.Rooms;

var arguments = args.Skip(1).ToList();
var failures = new Failures();
(string Help, Func<RunOptions> Options, Func<RunOptions, IBenchmark> Create) chosen = args.FirstOrDefault() switch
{
    "fanout" => (FanOutOptions.Help, () => FanOutOptions.Parse(arguments), options => new FanOutBenchmark((FanOutOptions)options, failures)),
    "rooms" => (RoomsOptions.Help, () => RoomsOptions.Parse(arguments), options => new RoomsBenchmark((RoomsOptions)options, failures)),
    "channels" => (ChannelsOptions.Help, () => ChannelsOptions.Parse(arguments), options => new ChannelsBenchmark((ChannelsOptions)options, failures)),
    "idle" => (IdleOptions.Help, () => IdleOptions.Parse(arguments), options => new IdleBenchmark((IdleOptions)options, failures)),
    _ => throw new ArgumentException("The first argument is fanout, rooms, channels or idle.", nameof(args)),
};

if (arguments.Contains("--help"))
{
    Console.WriteLine($"{chosen.Help}\n{CommandLine.Help}");
    return 0;
}

var options = chosen.Options();
using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(options.MinutesMax));
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    stop.Cancel();
};

Directory.CreateDirectory(options.Out);
var benchmark = chosen.Create(options);
try
{
    await benchmark.RunAsync(stop.Token);
}
catch (Exception e) when (stop.IsCancellationRequested)
{
    failures.Add("the rest", $"the run was stopped, or took longer than {options.MinutesMax} minutes ({e.Message})");
}
finally
{
    // Whatever happened: what was measured is reported.
    await WriteAsync(benchmark.Report());
}

return failures.Lines.Count == 0 ? 0 : 1;

async Task WriteAsync(Report report)
{
    var json = new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };
    var machine = new { os = RuntimeInformation.OSDescription, runtime = RuntimeInformation.FrameworkDescription, cores = Environment.ProcessorCount };
    object told = options with { Bin = "", Node = "", Out = "" };
    var text = failures.Lines.Count == 0 ? report.Table : $"{report.Table}\nNot measured:\n\n{string.Join('\n', failures.Lines.Select(f => $"- {f}"))}\n";
    await File.WriteAllTextAsync(Path.Combine(options.Out, $"{report.Name}.md"), text);
    await File.WriteAllTextAsync(
        Path.Combine(options.Out, $"{report.Name}.json"),
        JsonSerializer.Serialize(new { machine, options = told, report.Figures, notMeasured = failures.Lines }, json));
    Console.WriteLine($"\n{text}\nwritten to {options.Out}");
}
