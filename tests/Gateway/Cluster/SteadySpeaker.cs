using WhatsSound.Tests.Gateway.Sockets;

namespace WhatsSound.Tests.Gateway.Cluster;

/// <summary>Publishes the time to channels, at a steady pace, until it is stopped.</summary>
internal sealed class SteadySpeaker : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    private readonly HubClient _client;
    private readonly string[] _channels;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _speaking;

    private SteadySpeaker(HubClient client, string[] channels)
    {
        (_client, _channels) = (client, channels);
        _speaking = SpeakAsync();
    }

    public static async Task<SteadySpeaker> BeginAsync(Uri gateway, string token, params string[] channels) => new(await HubClient.ConnectAsync(gateway, token), channels);

    /// <summary>Stops; throws what has failed.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _speaking;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _speaking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _client.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task SpeakAsync()
    {
        using var pace = new PeriodicTimer(Pace);
        for (var number = 1; !_stopping.IsCancellationRequested; number++)
        {
            foreach (var channel in _channels)
                await _client.ResultInTheEndAsync("Publish", new { channel, id = $"p{number}", @event = "time", data = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() });
            await pace.WaitForNextTickAsync(CancellationToken.None);
        }
    }
}
