using System.Globalization;
using WhatsSound.Grains.Rooms;

namespace WhatsSound.Tests.Rules.Rooms;

public class When_somebody_chats
{
    private const string Family = "👨‍👩‍👧‍👦";

    [Fact]
    public void Should_take_500_graphemes() => Assert.Null(ChatRules.Check(new string('é', 500)));

    [Fact]
    public void Should_refuse_501_graphemes() => Assert.Equal(RefusalCode.MessageTooLong, ChatRules.Check(new string('a', 501))?.Code);

    [Fact]
    public void Should_refuse_few_graphemes_of_many_bytes()
    {
        var text = string.Concat(Enumerable.Repeat(Family, 81));

        Assert.Equal(81, new StringInfo(text).LengthInTextElements);
        Assert.Equal(RefusalCode.MessageTooLong, ChatRules.Check(text)?.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\n")]
    public void Should_refuse_an_empty_text(string text) => Assert.Equal(RefusalCode.MessageEmpty, ChatRules.Check(text)?.Code);

    [Fact]
    public void Should_name_a_missing_text() => Assert.Equal("text", ChatRules.Check(null)?.Detail);
}
