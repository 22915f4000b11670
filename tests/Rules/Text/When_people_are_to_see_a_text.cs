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
    public void Should_refuse_what_shows_nothing(string? text) => Assert.False(VisibleText.IsValid(text));

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
