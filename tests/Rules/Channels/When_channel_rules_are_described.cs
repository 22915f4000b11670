using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using WhatsSound.Channels;
using WhatsSound.Settings;

namespace WhatsSound.Tests.Rules.Channels;

/// <summary>Holds docs/channel-rules.md to the code.</summary>
public sealed partial class When_channel_rules_are_described
{
    private static readonly string Page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "channel-rules.md"));

    private static readonly ChannelRule Plain = new() { Pattern = "a:*" };

    private static readonly Dictionary<string, PropertyInfo> Fields = SettingsSection.SettingsOf(typeof(ChannelRule)).ToDictionary(static field => field.Name, StringComparer.Ordinal);

    /// <summary>Field, default and what it must be.</summary>
    private static readonly List<string[]> Rows = [.. TableOf("| Field | Default |").Select(static cells => new[] { cells[0].Trim('`'), cells[1], cells[2] })];

    [Fact]
    public void Should_name_every_field_and_no_other() => Assert.Equal(Fields.Keys, Rows.Select(static row => row[0]));

    [Fact]
    public void Should_give_every_default() => Assert.All(Rows.Where(static row => row[0] != nameof(ChannelRule.Pattern)), static row =>
    {
        var value = Fields[row[0]].GetValue(Plain);
        Assert.Equal(row[1] == "absent" ? value is AnonymousUse ? (object?)AnonymousUse.Nothing : null : Read(row[1], Fields[row[0]]), value);
    });

    [Fact]
    public void Should_give_every_bound()
    {
        var ranges = Rows.Where(static row => row[2].Contains(" to ", StringComparison.Ordinal)).ToList();

        Assert.Equal(Fields.Values.Count(static field => UnderlyingOf(field) == typeof(int) || UnderlyingOf(field) == typeof(TimeSpan)), ranges.Count);
        Assert.All(ranges, static row =>
        {
            var (field, isAbove, ends) = (Fields[row[0]], row[2].StartsWith("above ", StringComparison.Ordinal), row[2].Replace("above ", "", StringComparison.Ordinal).Split(" to "));
            var (least, most) = (Read(ends[0], field), Read(ends[1], field));
            Assert.Equal((isAbove, !isAbove, false, true), (IsTaken(field, Next(least, 1)) && !IsTaken(field, least), IsTaken(field, least), IsTaken(field, Next(least, -1)), IsTaken(field, most) && !IsTaken(field, Next(most, 1))));
        });
    }

    [Fact]
    public void Should_give_every_choice() => Assert.All(Rows.Where(static row => row[2].Contains(", ", StringComparison.Ordinal)), static row =>
    {
        var type = UnderlyingOf(Fields[row[0]]);
        Assert.Equal(type == typeof(bool) ? ["true", "false"] : Enum.GetNames(type).Where(static name => name != nameof(AnonymousUse.Nothing)), row[2].Split(", "));
    });

    [Fact]
    public void Should_say_what_the_product_depends_on()
    {
        var rows = TableOf("| Field | On the product's own channels |").Select(static cells => cells[0].Trim('`')).ToList();

        Assert.All(ChannelOptions.Defaults.Where(static rule => rule.Pattern != "*"), own =>
            Assert.All(Fields.Values.Where(static field => field.Name != nameof(ChannelRule.Pattern)), field => Assert.True(
                rows.Contains(field.Name) || OthersOf(field).All(value => !FailuresOf(With(own, field, value)).Any(static failure => failure.Contains("depend on it", StringComparison.Ordinal))), field.Name)));
        Assert.All(rows, row => Assert.Contains(
            ChannelOptions.Defaults.Where(static rule => rule.Pattern != "*"),
            own => OthersOf(Fields[row]).Any(value => FailuresOf(With(own, Fields[row], value)).Any(failure => failure.Contains($": {row} is ", StringComparison.Ordinal) && failure.Contains("it must be", StringComparison.Ordinal)))));
    }

    [Fact]
    public void Should_give_an_example_that_is_taken()
    {
        var example = Example().Match(Page).Groups["example"].Value;
        var configuration = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(example))).Build();
        var options = configuration.ReadSettings<ChannelOptions>(ChannelOptions.Section);

        Assert.Empty(new SettingsSection(ChannelOptions.Section, typeof(ChannelOptions)).ProblemsIn(configuration));
        Assert.True(new ChannelOptionsValidation().Validate(null, options).Succeeded);
        var rule = configuration.GetSection("Channels:Rules:1").GetChildren().ToDictionary(static child => child.Key, static child => child.Value, StringComparer.Ordinal);
        Assert.Equal(rule, Variable().Matches(Page).ToDictionary(static one => one.Groups[1].Value, static one => (string?)one.Groups[2].Value.Trim('\''), StringComparer.Ordinal));
        Assert.Equal(rule, Argument().Matches(Page).ToDictionary(static one => one.Groups[1].Value, static one => (string?)one.Groups[2].Value, StringComparer.Ordinal));
    }

    private static Type UnderlyingOf(PropertyInfo field) => Nullable.GetUnderlyingType(field.PropertyType) ?? field.PropertyType;

    private static object Read(string text, PropertyInfo field) =>
        UnderlyingOf(field) == typeof(TimeSpan) ? TimeSpan.Parse(text, CultureInfo.InvariantCulture)
        : UnderlyingOf(field) == typeof(bool) ? bool.Parse(text)
        : int.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private static object Next(object value, int by) => value is TimeSpan time ? time + TimeSpan.FromTicks(by) : (int)value + by;

    private static bool IsTaken(PropertyInfo field, object value) => !FailuresOf(With(Plain, field, value)).Any();

    /// <summary>Values of the field that some rule could have.</summary>
    private static IEnumerable<object?> OthersOf(PropertyInfo field) =>
        UnderlyingOf(field) == typeof(bool) ? [true, false]
        : UnderlyingOf(field).IsEnum ? [.. Enum.GetValues(UnderlyingOf(field)).Cast<object>()]
        : field.PropertyType != UnderlyingOf(field) ? [null, UnderlyingOf(field) == typeof(int) ? 1 : TimeSpan.FromHours(24)]
        : UnderlyingOf(field) == typeof(int) ? [1, 100_000]
        : [TimeSpan.FromSeconds(1)];

    private static ChannelRule With(ChannelRule rule, PropertyInfo field, object? value)
    {
        var other = rule with { };
        field.SetValue(other, value);
        return other;
    }

    private static IEnumerable<string> FailuresOf(ChannelRule rule)
    {
        var options = new ChannelOptions();
        options.Rules.Add(rule);
        return new ChannelOptionsValidation().Validate(null, options).Failures ?? [];
    }

    private static IEnumerable<string[]> TableOf(string head) =>
        Page.Split('\n').SkipWhile(line => !line.StartsWith(head, StringComparison.Ordinal)).Skip(2).TakeWhile(static line => line.StartsWith('|'))
            .Select(static line => line.Split('|')[1..^1].Select(static cell => cell.Trim()).ToArray());

    [GeneratedRegex("```json\n(?<example>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Example();

    [GeneratedRegex(@"Channels__Rules__1__(\w+)=(\S+)")]
    private static partial Regex Variable();

    [GeneratedRegex(@"--Channels:Rules:1:(\w+)=([^\s']+)")]
    private static partial Regex Argument();
}
