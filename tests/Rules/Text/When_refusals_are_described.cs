using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace WhatsSound.Tests.Rules.Text;

/// <summary>Holds what docs/protocol.md says of each code to where refusals are made: whether the same may succeed later, and whether there is a detail.</summary>
public sealed partial class When_refusals_are_described
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(FolderOfThis(), "..", "..", ".."));

    private static readonly Dictionary<string, string> Codes =
        typeof(RefusalCode).GetFields().ToDictionary(field => field.Name, field => (string)field.GetRawConstantValue()!);

    /// <summary>Each refusal that is made: its code, by which maker, and whether a detail is given.</summary>
    private static readonly (string Code, string Maker, bool HasDetail)[] Made =
    [
        .. new[] { "Kernel", "Grains.Interfaces", "Grains", "Gateway" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories))
            .SelectMany(file => Making().Matches(File.ReadAllText(file)))
            .Where(match => Codes.ContainsKey(match.Groups["code"].Value))
            .Select(match => (Codes[match.Groups["code"].Value], match.Groups["maker"].Value, match.Groups["maker"].Value == "Limit" || (match.Groups["maker"].Value == "Final" && match.Groups["detail"].Success))),
    ];

    private static readonly Dictionary<string, string[]> Rows = File.ReadAllLines(Path.Combine(Root, "docs", "protocol.md"))
        .SkipWhile(line => line != "## Codes").Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .Select(line => line.Split('|')[1..^1].Select(cell => cell.Trim()).ToArray())
        .ToDictionary(cells => cells[0].Trim('`'));

    [Fact]
    public void Should_find_where_most_are_made() => Assert.InRange(Made.Select(made => made.Code).Distinct().Count(), 40, Codes.Count);

    [Fact]
    public void Should_say_of_each_that_may_succeed_later_that_it_may() =>
        Assert.DoesNotContain(Made.Where(made => made.Maker == "Retry"), made => Rows[made.Code][2] == "no");

    [Fact]
    public void Should_say_of_no_other_that_it_may() =>
        Assert.DoesNotContain(Made.GroupBy(made => made.Code), group => group.All(made => made.Maker != "Retry") && Rows[group.Key][2] != "no");

    [Fact]
    public void Should_say_of_each_with_a_detail_what_it_is() =>
        Assert.DoesNotContain(Made, made => made.HasDetail && Rows[made.Code][3].Length == 0);

    private static string FolderOfThis([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex("""Refusals\.(?<maker>Retry|Final|Limit)\(\s*RefusalCode\.(?<code>\w+)(,\s*\$?"[^"]*"(?<detail>,)?)?""")]
    private static partial Regex Making();
}
