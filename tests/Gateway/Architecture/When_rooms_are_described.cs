using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace WhatsSound.Tests.Gateway.Architecture;

/// <summary>Holds docs/rooms.md to the tests: for whatever it says that a test shows, there is a test of that name.</summary>
public sealed partial class When_rooms_are_described
{
    private const string Features = "## What a room does";

    private const string Invariants = "## What always holds";

    private const int FeaturesCount = 73;

    private const string NoTest = "No test";

    private static readonly string Root = Path.GetFullPath(Path.Combine(FolderOfThis(), "../../.."));

    private static readonly string[] Page = File.ReadAllLines(Path.Combine(Root, "docs/rooms.md"));

    private static readonly Lazy<ILookup<string, string>> Sources = new(() => SourcesIn("tests", "clients", "web").ToLookup(file => Path.GetFileName(file)!, File.ReadAllText));

    [Fact]
    public void Should_have_each_feature_once() =>
        Assert.Equal(Enumerable.Range(1, FeaturesCount), RowsOf(Features).Select(cells => int.Parse(cells[0], CultureInfo.InvariantCulture)));

    [Fact]
    public void Should_have_each_invariant_once()
    {
        (char Kind, int Count)[] kinds = [('T', 9), ('Q', 7), ('M', 7), ('C', 3), ('R', 6)];
        var all = kinds.SelectMany(kind => Enumerable.Range(1, kind.Count).Select(number => $"INV-{kind.Kind}{number}"));

        Assert.Equal(all, RowsOf(Invariants).Select(cells => cells[0]));
    }

    [Fact]
    public void Should_name_tests_that_are_there()
    {
        var named = RowsOf(Features).Select(cells => cells[3]).Concat(RowsOf(Invariants).Select(cells => cells[2])).SelectMany(TestsIn).ToList();
        Assert.NotEmpty(named);

        Assert.DoesNotContain(named, name => !Exists(name));
    }

    [Fact]
    public void Should_name_a_test_of_each_feature_or_say_that_there_is_none() =>
        Assert.DoesNotContain(RowsOf(Features), cells => TestsIn(cells[3]).Any() == cells[3].StartsWith(NoTest, StringComparison.Ordinal));

    [Fact]
    public void Should_name_a_test_of_each_invariant() =>
        Assert.DoesNotContain(RowsOf(Invariants), cells => !TestsIn(cells[2]).Any(Exists));

    [Fact]
    public void Should_name_tests_of_an_invariant_that_have_its_name()
    {
        var named = RowsOf(Invariants).SelectMany(cells => TestsIn(cells[2]).Select(test => (Invariant: cells[0], Test: test.Replace('_', '-'))));

        Assert.DoesNotContain(named, one => !one.Test.Contains(one.Invariant, StringComparison.Ordinal));
    }

    [Fact]
    public void Should_know_what_the_judges_look_at()
    {
        var judged = SourcesIn("tests/Simulation/Judges", "tests/Simulation/Storms", "tests/Rules/Composed").SelectMany(file => Law().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value);

        Assert.Equal(judged.Distinct().Order(StringComparer.Ordinal), RowsOf(Invariants).Where(cells => cells[3].Length > 0).Select(cells => cells[0]).Order(StringComparer.Ordinal));
    }

    /// <summary>A method of a class, or a title in a file of tests for Node.</summary>
    private static bool Exists(string test)
    {
        if (test.IndexOf(": ", StringComparison.Ordinal) is var colon and > 0)
            return Sources.Value[test[..colon]].Any(source => source.Contains(test[(colon + 2)..], StringComparison.Ordinal));
        var (type, method) = (test[..test.IndexOf('.', StringComparison.Ordinal)], test[(test.IndexOf('.', StringComparison.Ordinal) + 1)..]);
        return Sources.Value[$"{type}.cs"].Any(source => Regex.IsMatch(source, $@"\b(void|Task) {Regex.Escape(method)}\("));
    }

    private static IEnumerable<string> TestsIn(string cell) => Code().Matches(cell).Select(match => match.Groups[1].Value);

    private static IEnumerable<string> SourcesIn(params string[] folders) =>
        folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.*", SearchOption.AllDirectories))
            .Where(file => Path.GetExtension(file) is ".cs" or ".mjs" or ".ts" && !file.Contains("node_modules", StringComparison.Ordinal));

    /// <summary>The rows of the table under a heading, without its head.</summary>
    private static IEnumerable<string[]> RowsOf(string heading) =>
        Page.SkipWhile(line => line != heading).SkipWhile(line => !line.StartsWith("|---", StringComparison.Ordinal)).Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith('|') && !line.StartsWith("| #", StringComparison.Ordinal) && !line.StartsWith("|---", StringComparison.Ordinal))
            .Select(line => line.Split('|')[1..^1].Select(cell => cell.Trim()).ToArray());

    private static string FolderOfThis([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex("\"(INV-[A-Z][0-9])\"")]
    private static partial Regex Law();
}
