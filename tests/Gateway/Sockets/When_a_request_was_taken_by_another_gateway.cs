using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Identity.ApiKeys;
using WhatsSound.Tests.Gateway.Identity;

namespace WhatsSound.Tests.Gateway.Sockets;

/// <summary>Gateways of one cluster, by the grains and the database of a whole program.</summary>
public sealed class When_a_request_was_taken_by_another_gateway(RunningServer server)
{
    [Fact]
    public async Task Should_be_taken_once_whoever_is_asked()
    {
        var name = server.NewName("backend");
        var gateways = Enumerable.Range(0, 4).Select(_ => GatewayWith(Keys.Key(name))).ToArray();
        var signed = Keys.Sign(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), name);

        var answers = await Task.WhenAll(gateways.SelectMany(static gateway => Enumerable.Repeat(gateway, 5)).Select(gateway => gateway.VerifyAsync(signed, TestContext.Current.CancellationToken).AsTask()));

        Assert.Equal(name, Assert.Single(answers, static answer => !answer.IsRefused).Value!.KeyName);
        Assert.Equal(19, answers.Count(static answer => answer.Refusal?.Code == "REPLAYED"));
    }

    private Credentials GatewayWith(ApiKeyOptions key)
    {
        var settings = Verification.Of();
        settings.ApiKeys.Add(key);
        return new Credentials(
            server.Services.GetRequiredService<TokenVerifier>(), new ApiKeyRing(Options.Create(settings)), server.Services.GetRequiredService<IClusterClient>(), TimeProvider.System, NullLogger<Credentials>.Instance);
    }
}
