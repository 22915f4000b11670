using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Readme.Start;
using WhatsSound.Tests.Gateway.Sockets;

namespace WhatsSound.Tests.Gateway.Readme;

/// <summary>What the README prints is run, as it is but for the address.</summary>
public sealed partial class When_somebody_tries_the_readme
{
    private const string Address = "http://127.0.0.1:5080";
    private const string CSharpServer = "var server = new Uri(\"http://127.0.0.1:5080\");";

    [Fact]
    public async Task Should_say_something_with_curl()
    {
        await using var server = await RunningServer.StartAsync();

        var said = await RunAsync("bash", ["-ec", BlockOf("bash", server)]);

        Assert.Contains("\"publisher\":\"ada\"", said, StringComparison.Ordinal);
        Assert.Contains("hello from curl", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_say_something_with_javascript()
    {
        await using var server = await RunningServer.StartAsync();

        Assert.Equal("bob: hello from JavaScript", (await RunAsync("node", ["--input-type=module", "-e", BlockOf("js", server)])).Trim());
    }

    [Fact]
    public async Task Should_say_something_with_csharp()
    {
        await using var server = await RunningServer.StartAsync();

        await QuickStart.RunAsync(server.Address);

        Assert.Equal("cleo: hello from C#", Assert.Single(QuickStartConsole.Lines));
    }

    [Fact]
    public void Should_print_the_program_that_is_compiled_here()
    {
        var program = Read("QuickStart.cs");
        var block = Block("csharp");
        var body = program[program.IndexOf("        using var http", StringComparison.Ordinal)..program.LastIndexOf("    }\n}", StringComparison.Ordinal)];

        Assert.Equal(Lines(block[(block.IndexOf(CSharpServer, StringComparison.Ordinal) + CSharpServer.Length)..]), Lines(body));
        Assert.All(Lines(block).TakeWhile(static line => line.StartsWith("using", StringComparison.Ordinal) && !line.StartsWith("using var", StringComparison.Ordinal)), line => Assert.Contains(line, program, StringComparison.Ordinal));
    }

    private static string BlockOf(string language, RunningServer server) => Block(language).Replace(Address, server.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);

    /// <summary>The only one of its language in the section.</summary>
    private static string Block(string language) =>
        Assert.Single(Blocks().Matches(Read("../../../README.md").Split("## Say something\n")[1].Split("\n## ")[0]), block => block.Groups["language"].Value == language).Groups["text"].Value;

    private static async Task<string> RunAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await error);
        return await output;
    }

    private static string[] Lines(string text) => [.. text.Split('\n').Select(static line => line.Trim()).Where(static line => line.Length > 0)];

    private static string Read(string file, [CallerFilePath] string test = "") => File.ReadAllText(Path.Combine(Path.GetDirectoryName(test)!, file));

    [GeneratedRegex("```(?<language>\\w+)\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Blocks();
}
