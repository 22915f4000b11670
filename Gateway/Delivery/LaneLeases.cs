using WhatsSound.Streams;

namespace WhatsSound.Gateway.Delivery;

/// <summary>Renews the leases of all channels in which nothing happens: one call for each silo.</summary>
internal sealed class LaneLeases(FeedServices services)
{
    /// <summary>Renews all lanes whose renewal is not under way. Does not throw.</summary>
    public Task RenewAsync() => Task.WhenAll(services.Standing.Take().Select(lane => RenewAsync(lane.Place, lane.Renewal)));

    private async Task RenewAsync(LanePlace place, LaneRenewal renewal)
    {
        try
        {
            var answer = await services.LanesOf(place.Silo).RenewAsync(renewal).WaitAsync(services.Options.CallTimeout, services.Time);
            services.Standing.Renewed(renewal, answer);
            if (answer.IsKnown)
                return;
            services.Pace.Soon(TimeSpan.Zero);
            DeliveryLog.LaneUnknown(services.Logger, place.LaneId, renewal.Count);
        }
        catch (Exception exception)
        {
            // The silo is starting, stopping or gone: each channel is asked by itself, wherever it is.
            services.Standing.Lost(renewal);
            services.Pace.Soon(TimeSpan.Zero);
            DeliveryLog.LaneRenewFailed(services.Logger, exception, place.LaneId);
        }
    }
}
