namespace WhatsSound.Streams;

/// <summary>
/// The lanes of one silo. Its key is <see cref="KeyOf"/>, and it is active on that silo; asked for one that is gone, it knows no lane.
/// </summary>
[Alias("ws.ILanesGrain"), GrainInterfaceType("ws.ILanesGrain")]
public interface ILanesGrain : IGrainWithStringKey
{
    /// <summary>What a grain of the lanes of a silo begins its key with.</summary>
    public const string KeyPrefix = "lanes:";

    /// <summary>The key of the lanes of a silo, given as <see cref="LanePlace.Silo"/> says it.</summary>
    public static string KeyOf(string silo) => KeyPrefix + silo;

    /// <summary>
    /// Renews, at once, the leases of all channels whose renewals stand at the lane. Where the two sides know different ones, and where the lane is not known,
    /// none stands any more, and each channel is to be renewed by itself. Cost: one pass over the numbers.
    /// </summary>
    [Alias("Renew")]
    Task<LaneRenewalAnswer> RenewAsync(LaneRenewal renewal);
}
