namespace WhatsSound.Grains.Placement;

/// <summary>Highest random weight (Thaler and Ravishankar, 1998): the winner of a key changes only if it leaves or a new silo beats it.</summary>
internal static class Rendezvous
{
    /// <summary>The silo with the highest weight for the key; the order of the silos does not matter. There must be one.</summary>
    public static SiloAddress Winner(string key, IReadOnlyList<SiloAddress> silos)
    {
        var keyHash = (ulong)StableHash.ComputeHash(key) << 32;

        // Every bit of the silo and of the key decides about every bit of the weight.
        return silos.OrderByDescending(silo => SplitMix64.Mix(keyHash | (uint)silo.GetConsistentHashCode())).ThenBy(silo => silo).First();
    }
}
