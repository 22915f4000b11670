using WhatsSound.Grains.Placement;
using WhatsSound.Playback;
using WhatsSound.Streams;

namespace WhatsSound.Grains.Streams;

/// <summary>The lanes of its silo, for gateways; one that is somewhere else, since its silo is gone, knows none. It has no state.</summary>
[GrainType("lanes")]
[SiloPlacement]
internal sealed class LanesGrain(LaneHub lanes, ILocalSiloDetails silo, IRoomClock clock) : Grain, ILanesGrain
{
    public Task<LaneRenewalAnswer> RenewAsync(LaneRenewal renewal)
    {
        ArgumentNullException.ThrowIfNull(renewal);
        if (SiloPlacementDirector.SiloOf(this.GetPrimaryKeyString()) is { } mine && mine.Equals(silo.SiloAddress))
            return Task.FromResult(lanes.Renew(renewal, clock.NowMs));
        DeactivateOnIdle();
        return Task.FromResult(new LaneRenewalAnswer { IsKnown = false });
    }
}
