namespace WhatsSound.Tests.Gateway.Sockets;

/// <summary>A user id is whatever a token says, also <c>did:web:ada</c>: the rules for users' channels hold for it as for any.</summary>
public sealed class When_a_user_id_has_colons(RunningServer server)
{
    [Theory]
    [InlineData("ada")]
    [InlineData("did:web:ada")]
    [InlineData("::")]
    public async Task Should_be_under_the_rules_for_users(string userId)
    {
        await using var owner = await server.ConnectAsync(userId);
        await using var other = await server.ConnectAsync("did");
        var channel = $"user:{userId}:notifications";

        await owner.ResultAsync("Subscribe", new { channel });

        Assert.Equal("FORBIDDEN", await owner.CodeAsync("Publish", new { channel, id = "1", @event = "said", data = 1 }));
        Assert.Equal("FORBIDDEN", await other.CodeAsync("Subscribe", new { channel }));
    }
}
