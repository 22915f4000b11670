using WhatsSound.Bench;
using WhatsSound.Bench.Reports;

if (args.Contains("--help"))
{
    Console.WriteLine(CommandLine.Help);
    return 0;
}

var options = CommandLine.Parse(args);
using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(options.MinutesMax));
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    stop.Cancel();
};

Directory.CreateDirectory(options.Out);
IReadOnlyList<Results> results;
try
{
    results = await new Benchmark(options).RunAsync(stop.Token);
}
catch (Exception e) when (e is InvalidOperationException or OperationCanceledException or TimeoutException)
{
    await Console.Error.WriteLineAsync($"{e.Message}\nWhat the servers said is in {options.Out}");
    return 1;
}

var table = MarkdownTable.Write(results);
await File.WriteAllTextAsync(Path.Combine(options.Out, "fanout.md"), table);
await File.WriteAllTextAsync(Path.Combine(options.Out, "fanout.json"), JsonReport.Write(options, results));
Console.WriteLine($"\n{table}\nwritten to {options.Out}");
return 0;
