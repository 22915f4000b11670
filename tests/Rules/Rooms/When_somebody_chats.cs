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

    [Fact]
    public void Should_accept_in_any_window_at_most_burst_and_rate() => Property.Holds(pauses =>
    {
        var bucket = TokenBucket.Full(5, 0);
        var accepted = new List<long>();
        var nowMs = 0L;
        foreach (var pause in pauses)
        {
            nowMs += pause * 4;
            if (bucket.TryTake(5, 1, nowMs, out bucket, out _))
                accepted.Add(nowMs);
        }

        for (var i = 0; i < accepted.Count; i++)
        {
            for (var j = i; j < accepted.Count; j++)
                Assert.True(j - i + 1 <= 5 + ((accepted[j] - accepted[i]) / 1000.0) + 1e-9);
        }
    });

    [Fact]
    public void Should_accept_again_after_the_time_told()
    {
        var bucket = TokenBucket.Full(1, 0);
        Assert.True(bucket.TryTake(1, 1, 0, out bucket, out _));

        Assert.False(bucket.TryTake(1, 1, 300, out bucket, out var retryAfterMs));
        Assert.Equal(700, retryAfterMs);
        Assert.True(bucket.TryTake(1, 1, 300 + retryAfterMs, out _, out _));
    }
}
