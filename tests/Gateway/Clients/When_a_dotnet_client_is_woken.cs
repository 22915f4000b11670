using WhatsSound.Client;

namespace WhatsSound.Tests.Gateway.Clients;

public sealed class When_a_dotnet_client_is_woken(ClientServer server) : IClassFixture<ClientServer>
{
    /// <summary>Less than the 10 s that an attempt has, and more than the 1.5 s that it has once woken.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(8);

    [Fact]
    public async Task Should_not_wait_for_an_attempt_of_the_old_network_however_young_it_was()
    {
        await using var proxy = FaultProxy.Before(server.Server.Address);
        await using var bob = await server.ConnectLiveAsync(via: proxy.Address);
        var states = new Heard<ConnectionState>();
        bob.StateChanged += states.Add;

        proxy.Swallow((_, _) => true);
        proxy.Kill();
        await proxy.Swallowed.UntilAsync(all => all.Count >= 1);
        bob.Wake();
        proxy.Restore();

        await states.UntilAsync(all => all is [.., ConnectionState.Live]).WaitAsync(Soon);
    }
}
