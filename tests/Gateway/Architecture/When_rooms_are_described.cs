using System.Globalization;
using System.Text.RegularExpressions;

namespace WhatsSound.Tests.Gateway.Architecture;

/// <summary>Holds docs/rooms.md to the tests: for whatever it says that a test shows, there is a test of that name.</summary>
public sealed partial class When_rooms_are_described
{
    private const string Features = "## What a room does";

    private const string Invariants = "## What always holds";

    private const int FeaturesCount = 73;

    private static readonly string[] Page = DescribedTests.ReadPage("docs/rooms.md");

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
        var named = RowsOf(Features).Select(cells => cells[3]).Concat(RowsOf(Invariants).Select(cells => cells[2])).SelectMany(DescribedTests.NamedIn).ToList();
        Assert.NotEmpty(named);

        Assert.DoesNotContain(named, name => !DescribedTests.Exists(name));
    }

    [Fact]
    public void Should_name_a_test_of_each_feature_or_say_that_there_is_none() =>
        Assert.DoesNotContain(RowsOf(Features), cells => DescribedTests.NamedIn(cells[3]).Any() == cells[3].StartsWith(DescribedTests.None, StringComparison.Ordinal));

    [Fact]
    public void Should_name_a_test_of_each_invariant() =>
        Assert.DoesNotContain(RowsOf(Invariants), cells => !DescribedTests.NamedIn(cells[2]).Any(DescribedTests.Exists));

    [Fact]
    public void Should_name_tests_of_an_invariant_that_have_its_name()
    {
        var named = RowsOf(Invariants).SelectMany(cells => DescribedTests.NamedIn(cells[2]).Select(test => (Invariant: cells[0], Test: test.Replace('_', '-'))));

        Assert.DoesNotContain(named, one => !one.Test.Contains(one.Invariant, StringComparison.Ordinal));
    }

    [Fact]
    public void Should_know_what_the_judges_look_at()
    {
        var judged = DescribedTests.SourcesIn("tests/Simulation/Judges", "tests/Simulation/Storms", "tests/Rules/Composed").SelectMany(file => Law().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value);

        Assert.Equal(judged.Distinct().Order(StringComparer.Ordinal), RowsOf(Invariants).Where(cells => cells[3].Length > 0).Select(cells => cells[0]).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string[]> RowsOf(string heading) => DescribedTests.RowsOf(Page, heading);

    [GeneratedRegex("\"(INV-[A-Z][0-9])\"")]
    private static partial Regex Law();
}
