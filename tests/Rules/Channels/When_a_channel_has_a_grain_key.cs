using WhatsSound.Channels;

namespace WhatsSound.Tests.Rules.Channels;

public sealed class When_a_channel_has_a_grain_key
{
    [Theory]
    [InlineData("room:jazz", "channel:/room:jazz")]
    [InlineData("12", "channel:/12")]
    [InlineData("a/b", "channel:/a/b")]
    public void Should_be_able_to_tell_the_name(string name, string key)
    {
        Assert.Equal(key, ChannelKey.Of(name));
        Assert.Equal(name, ChannelKey.NameIn(key));
    }

    [Theory]
    [InlineData("room:jazz")]
    [InlineData("channel:room:jazz")]
    [InlineData("channel:app/room:jazz")]
    public void Should_refuse_a_key_that_it_did_not_make(string key) => Assert.Throws<ArgumentException>(() => ChannelKey.NameIn(key));
}
