using Orleans.Streams;
using WhatsSound.Publications;

namespace WhatsSound.Gateway.Delivery;

/// <summary>A feed's subscription to its channel's stream: one at a time, made and ended within the time that a call may take.</summary>
internal sealed class FeedSubscription(string channel, IAsyncObserver<ChannelFrame> observer, FeedServices services)
{
    private StreamSubscriptionHandle<ChannelFrame>? _current;

    /// <summary>How often it was made.</summary>
    public int Number { get; private set; }

    /// <summary>Called when it was.</summary>
    public Action? Made { get; set; }

    /// <summary>Subscribes; a subscription that comes about too late is ended, since nobody else would.</summary>
    public async Task OpenAsync()
    {
        _current = await SubscribeAsync();
        Number++;
        Made?.Invoke();
    }

    /// <summary>Subscribes anew, and ends the former subscription only then.</summary>
    public async Task RenewAsync(Action renewed)
    {
        var former = _current;
        await OpenAsync();
        renewed();
        await EndAsync(former);
    }

    /// <summary>Ends the subscription. Does not throw: it also ends with its lease.</summary>
    public Task CloseAsync() => EndAsync(_current);

    private async Task<StreamSubscriptionHandle<ChannelFrame>> SubscribeAsync()
    {
        var subscribing = services.StreamOf(channel).SubscribeAsync(observer);
        try
        {
            return await subscribing.InTimeAsync(services.Options, services.Time);
        }
        catch
        {
            _ = EndLateAsync(subscribing);
            throw;
        }
    }

    private async Task EndLateAsync(Task<StreamSubscriptionHandle<ChannelFrame>> subscribing)
    {
        try
        {
            await EndAsync(await subscribing);
        }
        catch (Exception exception)
        {
            // It has not come about: there is nothing to end.
            DeliveryLog.UnsubscribeFailed(services.Logger, exception, channel);
        }
    }

    private async Task EndAsync(StreamSubscriptionHandle<ChannelFrame>? subscription)
    {
        try
        {
            await (subscription?.UnsubscribeAsync() ?? Task.CompletedTask).InTimeAsync(services.Options, services.Time);
        }
        catch (Exception exception)
        {
            DeliveryLog.UnsubscribeFailed(services.Logger, exception, channel);
        }
    }
}
