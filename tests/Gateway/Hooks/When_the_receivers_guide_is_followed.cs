using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using WhatsSound.Grains.Hooks;
using WhatsSound.Hooks;

namespace WhatsSound.Tests.Gateway.Hooks;

/// <summary>What docs/webhooks.md has for receivers is so: its code runs, and its names are those of the program.</summary>
public sealed partial class When_the_receivers_guide_is_followed
{
    private const string Secret = "a secret of 32 to 256 bytes, made by a machine";
    private const string Body = """{"events":[{"id":"é"}]}""";
    private const long NowMs = 1_795_638_108_192;

    private static readonly string Guide = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "webhooks.md"));

    [Fact]
    public async Task Should_take_what_the_server_signs_and_nothing_else()
    {
        var folder = Directory.CreateTempSubdirectory("whatssound-guide-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "guide.mjs"), Code().Match(Guide).Groups["code"].Value);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "run.mjs"), Script());

            Assert.Equal("true true true false false false false false", await RunAsync("node", folder.FullName, "run.mjs"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Should_name_each_event()
    {
        Assert.All(Enum.GetValues<HookKind>(), static kind => Assert.Contains($"| `{HookEvent.NameOf(kind)}` | `{kind}` |", Guide, StringComparison.Ordinal));
        Assert.Contains($"{HookSignature.Header}: t=", Guide, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_name_the_bounds_as_they_are()
    {
        var options = new HookOptions();
        Assert.Equal((100, 1024 * 1024, 50, 10), (options.BatchCountMax, options.BatchBytesMax, options.BatchInterval.TotalMilliseconds, options.Timeout.TotalSeconds));
        Assert.Equal((1, 30, 5, 10_000), (options.RetryDelay.TotalSeconds, options.RetryDelayMax.TotalSeconds, options.GiveUpAfter.TotalMinutes, options.LaneEventsMax));
        Assert.Equal((8, 16, 64, 30), (HookLanes.PerEndpoint, HookEndpointValidation.EndpointsMax, HookEndpointValidation.PatternsMax, options.PatrolInterval.TotalSeconds));
        foreach (var said in new[] { "up to 100 events and 1 MiB", "at most 50 ms", "within 10 s", "after 1 s, 2 s, 4 s and so on, up to 30 s", "tried for 5 minutes", "8 lanes of 10,000 events", "Up to 16 receivers", "1 to 64 [patterns]", "every 30 s" })
            Assert.Contains(said, Guide, StringComparison.Ordinal);
    }

    private static string Script()
    {
        var one = Sign([Secret], NowMs);
        var two = Sign(["another secret, which is long enough too", Secret], NowMs);
        string[] cases =
        [
            Case(one, Body, Secret, NowMs), Case(two, Body, Secret, NowMs), Case(one, Body, Secret, NowMs + 299_000),
            Case(one, Body, Secret, NowMs + 301_000), Case(one, Body + " ", Secret, NowMs), Case(one, Body, Secret + "x", NowMs),
            Case(one.Replace("t=", "t=0", StringComparison.Ordinal), Body, Secret, NowMs), Case("", Body, Secret, NowMs),
        ];
        return $"import {{ isFromServer }} from './guide.mjs';\nconsole.log([\n{string.Join(",\n", cases)}\n].join(' '));\n";
    }

    private static string Sign(string[] secrets, long timeMs) => HookSignature.Of(secrets, timeMs, Encoding.UTF8.GetBytes(Body));

    private static string Case(string header, string body, string secret, long nowMs) =>
        string.Create(CultureInfo.InvariantCulture, $"isFromServer('{header}', Buffer.from('{body}'), '{secret}', {nowMs})");

    private static async Task<string> RunAsync(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return output.Trim();
    }

    [GeneratedRegex("```js\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Code();
}
