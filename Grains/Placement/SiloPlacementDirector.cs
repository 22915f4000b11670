using Orleans.Runtime.Placement;
using WhatsSound.Streams;

namespace WhatsSound.Grains.Placement;

/// <summary>Chooses the silo that the grain's key names; where that one is gone, any, so that there is an answer.</summary>
internal sealed class SiloPlacementDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var compatible = context.GetCompatibleSilos(target);
        var named = SiloOf(target.GrainIdentity.Key.ToString()!);
        return Task.FromResult(Array.Find(compatible, silo => silo.Equals(named)) ?? compatible[0]);
    }

    /// <summary>The silo that a key of <see cref="ILanesGrain"/> names; null: it names none.</summary>
    internal static SiloAddress? SiloOf(string key)
    {
        try
        {
            return SiloAddress.FromParsableString(key[ILanesGrain.KeyPrefix.Length..]);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException)
        {
            return null;
        }
    }
}
