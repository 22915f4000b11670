using Orleans.Runtime.Placement;
using WhatsSound.Channels;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Placement;

/// <summary>
/// Chooses a silo by rendezvous: every silo has a weight for a key, and the heaviest wins. So all silos choose alike without asking each other, and a silo that
/// comes or goes moves only what it wins or had. A silo that is stopping is passed over, also before the list of compatible silos says so.
/// </summary>
internal sealed class RoomPlacementDirector(ISiloStatusOracle statuses) : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var compatible = context.GetCompatibleSilos(target);
        if (IPlacementDirector.GetPlacementHint(target.RequestContextData, compatible) is { } hint)
            return Task.FromResult(hint);
        SiloAddress[] active = [.. compatible.Where(silo => statuses.GetApproximateSiloStatus(silo) == SiloStatus.Active)];
        return Task.FromResult(Rendezvous.Winner(KeyOf(target.GrainIdentity), active.Length == 0 ? compatible : active));
    }

    /// <summary>What a grain is placed by: its room's key, or its own.</summary>
    internal static string KeyOf(GrainId grain)
    {
        var key = grain.Key.ToString()!;
        var name = ChannelKey.IsKey(key) ? ChannelKey.NameIn(key) : key;
        return RoomId.InChannel(name) is { } id && (RoomId.OfChannel(name) is not null || name == RoomId.PulseOf(id)) ? RoomId.KeyOf(id) : name;
    }
}
