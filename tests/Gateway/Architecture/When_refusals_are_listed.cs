using System.Text.RegularExpressions;

namespace WhatsSound.Tests.Gateway.Architecture;

/// <summary>Holds docs/refusals.md to the code and to the tests: for every code of a refusal there is a test that provokes it.</summary>
public sealed class When_refusals_are_listed
{
    private static readonly string[][] Rows = [.. DescribedTests.RowsOf(DescribedTests.ReadPage("docs/refusals.md"), "## Codes")];

    private static readonly Dictionary<string, string> NamesByCode =
        typeof(RefusalCode).GetFields().ToDictionary(static field => (string)field.GetRawConstantValue()!, static field => field.Name, StringComparer.Ordinal);

    [Fact]
    public void Should_have_each_code_once() =>
        Assert.Equal(NamesByCode.Keys.Order(StringComparer.Ordinal), Rows.Select(static cells => DescribedTests.NamedIn(cells[0]).Single()).Order(StringComparer.Ordinal));

    [Fact]
    public void Should_name_a_test_of_each_that_is_there() =>
        Assert.DoesNotContain(Rows, static cells => !DescribedTests.NamedIn(cells[2]).Any() || !DescribedTests.NamedIn(cells[2]).All(DescribedTests.Exists));

    [Fact]
    public void Should_name_tests_that_speak_of_the_code()
    {
        var named = Rows.SelectMany(static cells => DescribedTests.NamedIn(cells[2]).Select(test => (Code: DescribedTests.NamedIn(cells[0]).Single(), Test: test)));

        Assert.DoesNotContain(named, static one => !DescribedTests.SpeaksOf(one.Test, new Regex($@"\b({one.Code}|RefusalCode\.{NamesByCode[one.Code]})\b")));
    }
}
