using WhatsSound.Text;

namespace WhatsSound.Tests.Rules.Text;

public sealed class When_people_are_to_see_a_text
{
    [Theory]
    [InlineData("Ada")]
    [InlineData("a")]
    [InlineData("日本語")]
    [InlineData("عربى")]
    [InlineData("🎧")]
    [InlineData("👨‍👩‍👧")]
    [InlineData("e\u0301")]
    [InlineData("a\u200Bb")]
    [InlineData("\u2066abc\u2069")]
    [InlineData("a \u202Babc\u202C b")]
    [InlineData("\u2067x \u2066y\u2069\u2069")]
    public void Should_take_it(string text) => Assert.True(VisibleText.IsValid(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\u00A0\u3000")]
    [InlineData("\u200B")]
    [InlineData("\u2060\uFEFF\u200D")]
    [InlineData("\u3164")]
    [InlineData("\u115F\u1160\uFFA0")]
    [InlineData("\u2800")]
    [InlineData("\uFE0F\u034F")]
    [InlineData("\u0301")]
    [InlineData("\uE000")]
    [InlineData("\u2028\u2029")]
    [InlineData("\U0001D159")]
    [InlineData("\U00013441\U00013442")]
    [InlineData("\U00016FE4\U0001DA7F\U0001DA80")]
    [InlineData("\u17B4\u180B\u061C\u00AD")]
    [InlineData("\U0001BCA0\U0001D173\U000E0001\U000E0FFF")]
    public void Should_refuse_what_shows_nothing(string? text) => Assert.False(VisibleText.IsValid(text));

    /// <summary>Perl has the Unicode Character Database; where it is absent, or of another version in this, there is nothing to compare.</summary>
    [Fact]
    public void Should_take_nothing_for_visible_that_unicode_says_is_ignored()
    {
        var ignored = UnicodeData.DefaultIgnorable();
        Assert.SkipWhen(ignored is null, "There is no perl with Unicode data.");

        Assert.InRange(ignored!.Count, 4_000, 5_000);
        Assert.All(ignored, value => Assert.False(VisibleText.IsValid(char.ConvertFromUtf32(value)), $"U+{value:X}"));
    }

    [Theory]
    [InlineData("a\u0000b")]
    [InlineData("a\u001Fb")]
    [InlineData("a\u007Fb")]
    [InlineData("a\u0085b")]
    [InlineData("a\r\nb")]
    public void Should_refuse_control_characters(string text)
    {
        Assert.False(VisibleText.IsValid(text));
        Assert.False(VisibleText.IsValid(text, allowsLines: true));
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\tb")]
    [InlineData("a\u2028b")]
    [InlineData("a\u2029b")]
    public void Should_take_lines_only_where_they_are_allowed(string text)
    {
        Assert.False(VisibleText.IsValid(text));
        Assert.True(VisibleText.IsValid(text, allowsLines: true));
    }

    [Theory]
    [InlineData("a\u202E")]
    [InlineData("\u202Aabc")]
    [InlineData("\u2068abc")]
    [InlineData("abc\u202C")]
    [InlineData("abc\u2069")]
    [InlineData("\u2069a\u2066")]
    [InlineData("\u202Ea\u2069")]
    public void Should_refuse_a_direction_that_does_not_end_with_it(string text) => Assert.False(VisibleText.IsValid(text));

    [Theory]
    [InlineData('\uD800')]
    [InlineData('\uDC00')]
    public void Should_refuse_half_a_character(char half) => Assert.False(VisibleText.IsValid($"a{half}b"));
}
