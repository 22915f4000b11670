using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Readme.Examples;
using WhatsSound.Client;
using WhatsSound.Tests.Gateway.Sockets;

namespace WhatsSound.Tests.Gateway.Clients;

public sealed partial class When_somebody_tries_the_dotnet_readme
{
    private const string Server = "var server = new Uri(\"http://127.0.0.1:5080\");";
    private const string Opening = "RunAsync(Uri server)\n    {\n";

    [Fact]
    public void Should_be_the_program_that_is_compiled_here()
    {
        var program = Read("Readme/ReadmeProgram.cs");
        var body = program[(program.IndexOf(Opening, StringComparison.Ordinal) + Opening.Length)..];
        var printed = string.Concat(Blocks().Matches(Read("../../../clients/dotnet/README.md")).Select(block => block.Groups["text"].Value + "\n"));

        Assert.Contains(Server, printed, StringComparison.Ordinal);
        Assert.Equal(Lines(printed[(printed.IndexOf(Server, StringComparison.Ordinal) + Server.Length)..]), Lines(body[..body.LastIndexOf("    }", StringComparison.Ordinal)]));
        Assert.All(Lines(printed).TakeWhile(line => line.StartsWith("using", StringComparison.Ordinal)), line => Assert.Contains(line, program, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_get_what_it_says()
    {
        var settings = Run().Match(Read("../../../clients/dotnet/README.md")).Groups["settings"].Value.Replace("'", "", StringComparison.Ordinal).Split(' ');
        await using var server = await RunningServer.StartAsync(settings);

        await ReadmeProgram.RunAsync(server.Address);

        string[] inOrder = ["Live, 0 from before", "said: {\"text\":\"hello\"}", "note: as it is", ": 3 bytes", "bye: {}"];
        Assert.Equal(inOrder, ReadmeConsole.Lines.Where(inOrder.Contains));
        foreach (var line in new[] { "published at 1", "Ada is here", "1 here, I am Ada", "ada {\"mood\":\"curious\"}", "1 here", "Playing at 0 s" })
            Assert.Contains(line, ReadmeConsole.Lines);
        Assert.Single(ReadmeConsole.Lines, static line => FirstSaid().IsMatch(line));
    }

    [Theory]
    [InlineData(typeof(Connection))]
    [InlineData(typeof(Channel))]
    [InlineData(typeof(ChannelPresence))]
    [InlineData(typeof(WhatsSound.Client.Room))]
    [InlineData(typeof(ServerClock))]
    public void Should_find_each_member_listed(Type type)
    {
        var section = Read("../../../clients/dotnet/README.md").Split($"### `{type.Name}`\n")[1].Split("\n##")[0];
        var members = type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(member => member is not ConstructorInfo and not MethodInfo { IsSpecialName: true })
            .Select(member => member.Name)
            .Distinct()
            .Order(StringComparer.Ordinal);

        Assert.Equal(members, Members().Matches(section).Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal));
    }

    private static string[] Lines(string text) => [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];

    private static string Read(string file, [CallerFilePath] string test = "") => File.ReadAllText(Path.Combine(Path.GetDirectoryName(test)!, file));

    [GeneratedRegex("^the first of [0-9]+ was said$")]
    private static partial Regex FirstSaid();

    [GeneratedRegex("```csharp\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"^- `(?<name>\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Members();

    [GeneratedRegex(@"^\./run (?<settings>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Run();
}
