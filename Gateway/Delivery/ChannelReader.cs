using WhatsSound.Channels;
using WhatsSound.Publications;

namespace WhatsSound.Gateway.Delivery;

/// <summary>Asks a channel for what was missed, within the time that a call may take.</summary>
internal sealed class ChannelReader(IChannelGrain channel, FeedServices services)
{
    /// <summary>What an answer has at least of a publication besides its content: whoever is answered with all that was read pays for the answer.</summary>
    private const int EnvelopeBytes = 80;

    /// <summary>Asks for as long as the one who asks waits; then the channel stops reading.</summary>
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

    /// <summary>As <see cref="ReadAsync"/>, for a subscriber, for whom it counts, whatever becomes of it.</summary>
    public async Task<Recovery> ReadForAsync(ISubscriber subscriber, RecoverRequest request)
    {
        var recovery = await ReadAsync(request with { UserId = subscriber.UserId }, subscriber.GivenUp);
        subscriber.HasRead(BytesOf(recovery.Publications));
        return recovery;
    }

    /// <summary>What an answer with these takes at least.</summary>
    public static int BytesOf(IEnumerable<Publication> publications) => publications.Sum(static publication => EnvelopeBytes + publication.ContentBytes);
}
