using System.Globalization;

namespace WhatsSound.Tests.Gateway.Architecture;

/// <summary>Holds docs/channels.md to the tests: for whatever it says that a test shows, there is a test of that name.</summary>
public sealed class When_channels_are_described
{
    /// <summary>What people who know its peers look for in a channel.</summary>
    private const int FeaturesCount = 65;

    private static readonly string[][] Rows = [.. DescribedTests.RowsOf(DescribedTests.ReadPage("docs/channels.md"), "## What a channel does")];

    [Fact]
    public void Should_have_each_feature_once() =>
        Assert.Equal(Enumerable.Range(1, FeaturesCount), Rows.Select(static cells => int.Parse(cells[0], CultureInfo.InvariantCulture)));

    [Fact]
    public void Should_say_of_each_what_there_is_and_what_shows_it() =>
        Assert.DoesNotContain(Rows, static cells => cells.Length != 4 || cells.Any(static cell => cell.Length == 0));

    [Fact]
    public void Should_name_tests_that_are_there()
    {
        var named = Rows.SelectMany(static cells => DescribedTests.NamedIn(cells[3])).ToList();
        Assert.NotEmpty(named);

        Assert.DoesNotContain(named, static name => !DescribedTests.Exists(name));
    }

    [Fact]
    public void Should_name_a_test_of_each_feature_or_say_that_there_is_none() =>
        Assert.DoesNotContain(Rows, static cells => DescribedTests.NamedIn(cells[3]).Any() == cells[3].StartsWith(DescribedTests.None, StringComparison.Ordinal));
}
