using WhatsSound.Gateway.Sessions;

namespace WhatsSound.Tests.Gateway.Sessions;

public sealed class When_a_channel_belongs_to_a_user
{
    [Theory]
    [InlineData("user:ada:notifications", "ada", true)]
    [InlineData("user:ada:notifications", "bob", false)]
    [InlineData("user:ada:notifications", "ad", false)]
    [InlineData("user:a:b:notifications", "a:b", true)]
    [InlineData("user:a:b:notifications", "a", false)]
    [InlineData("user:ada:", "ada", false)]
    [InlineData("user:ada", "ada", false)]
    [InlineData("room:jazz", "ada", true)]
    public void Should_be_for_that_user_alone(string channel, string userId, bool isAllowed) => Assert.Equal(isAllowed, UserChannels.MayUse(channel, userId));
}
