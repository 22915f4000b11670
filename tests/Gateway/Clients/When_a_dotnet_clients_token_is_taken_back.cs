using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using WhatsSound.Client;
using WhatsSound.Control;
using WhatsSound.Gateway.Control;
using WhatsSound.Gateway.Identity;

namespace WhatsSound.Tests.Gateway.Clients;

public sealed class When_a_dotnet_clients_token_is_taken_back(ClientServer server) : IClassFixture<ClientServer>
{
    [Fact]
    public async Task Should_come_back_with_another_one_and_go_on_with_its_channels()
    {
        var (userId, channel) = (server.Server.NewName("user"), server.Server.NewName("news"));
        var tokens = new List<string>();
        await using var bob = server.Connect(token: _ =>
        {
            tokens.Add(server.Server.TokenOf(userId));
            return Task.FromResult(tokens[^1]);
        });
        var failures = new Heard<Exception>();
        bob.Failed += failures.Add;
        Assert.Null((await bob.StartAsync()).Refusal);
        Assert.Null((await bob.Channel(channel).SubscribeAsync()).Refusal);

        await RevokeTokenAsync(tokens[0]);

        await failures.UntilAsync(static all => all.Any(static one => one is RefusedException { Refusal.Code: "TOKEN_REVOKED" }));
        await Eventually.BecomesTrueAsync(() => tokens.Count == 2 && bob.State == ConnectionState.Live);
        Assert.True(bob.Channel(channel).IsSubscribed);
        Assert.Null((await bob.Channel(channel).PublishTextAsync("said", "hello")).Refusal);
    }

    [Fact]
    public async Task Should_be_closed_for_good_where_there_is_no_other_one()
    {
        var token = server.Server.TokenOf(server.Server.NewName("user"));
        var asked = 0;
        await using var bob = server.Connect(token: _ =>
        {
            asked++;
            return Task.FromResult(token);
        });
        Assert.Null((await bob.StartAsync()).Refusal);

        await RevokeTokenAsync(token);

        await Eventually.BecomesTrueAsync(() => bob.State == ConnectionState.Closed);
        var refusal = (await bob.StartAsync()).Refusal!;
        Assert.Equal(("CLOSED", "TOKEN_REVOKED", 2), (refusal.Code, refusal.Detail, asked));
    }

    [Fact]
    public async Task Should_be_refused_with_one_that_was_taken_back_before_and_then_closed()
    {
        var token = server.Server.TokenOf(server.Server.NewName("user"));
        await RevokeTokenAsync(token);
        await Eventually.BecomesTrueAsync(async () => (await server.Server.Services.GetRequiredService<TokenVerifier>().VerifyAsync(token)).IsRefused);
        await using var bob = server.Connect(token: _ => Task.FromResult(token));

        Assert.Equal("TOKEN_REVOKED", (await bob.StartAsync()).Refusal?.Code);

        await Eventually.BecomesTrueAsync(() => bob.State == ConnectionState.Closed);
    }

    private async Task RevokeTokenAsync(string token) => Assert.Null((await server.Server.Services.GetRequiredService<ControlActs>().RevokeAsync(
        new Revocation { Kind = RevocationKind.Token, Value = new JsonWebTokenHandler().ReadJsonWebToken(token).Id }, TestContext.Current.CancellationToken)).Refusal);
}
