using WhatsSound.Channels;

namespace WhatsSound.Gateway.Delivery;

/// <summary>Asks a channel for what was missed, within the time that a call may take.</summary>
internal sealed class ChannelReader(IChannelGrain channel, FeedServices services)
{
    /// <summary>Asks for as long as the one who asks is there; then the channel stops reading.</summary>
    public async Task<Recovery> ReadAsync(RecoverRequest request, CancellationToken cancellationToken = default)
    {
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            return await channel.RecoverAsync(request, reading.Token).WaitAsync(services.Options.CallTimeout, services.Time, cancellationToken);
        }
        catch
        {
            await reading.CancelAsync();
            throw;
        }
    }
}
