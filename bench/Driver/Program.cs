using WhatsSound.Bench;
using WhatsSound.Bench.Reports;

if (args.Contains("--help"))
{
    Console.WriteLine(CommandLine.Help);
    return;
}

var options = CommandLine.Parse(args);
using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(options.MinutesMax));
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    stop.Cancel();
};

var results = await new Benchmark(options).RunAsync(stop.Token);
var table = MarkdownTable.Write(results);
Directory.CreateDirectory(options.Out);
await File.WriteAllTextAsync(Path.Combine(options.Out, "fanout.md"), table);
await File.WriteAllTextAsync(Path.Combine(options.Out, "fanout.json"), JsonReport.Write(options, results));
Console.WriteLine($"\n{table}\nwritten to {options.Out}");
