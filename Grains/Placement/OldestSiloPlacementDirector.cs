using Orleans.Runtime.Placement;

namespace WhatsSound.Grains.Placement;

/// <summary>Chooses the active silo that started first, by its own word: its generation is when it did. One that is stopping is passed over.</summary>
internal sealed class OldestSiloPlacementDirector(ISiloStatusOracle statuses) : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var compatible = context.GetCompatibleSilos(target);
        var active = compatible.Where(silo => statuses.GetApproximateSiloStatus(silo) == SiloStatus.Active).DefaultIfEmpty(compatible[0]);
        return Task.FromResult(active.OrderBy(static silo => silo.Generation).ThenBy(static silo => silo).First());
    }
}
