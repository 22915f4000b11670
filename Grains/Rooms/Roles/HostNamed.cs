namespace WhatsSound.Grains.Rooms;

/// <summary>Somebody is host, for one of <see cref="HostReasons"/>; by whom, if by anybody.</summary>
internal sealed record HostNamed(string HostUserId, string Reason, bool IsStandIn, long AtMs, string? By = null) : RoomEvent(AtMs)
{
    public override Room ApplyTo(Room room) => room with { HostUserId = HostUserId, IsHostStandIn = IsStandIn };

    /// <summary>Before there was <see cref="By"/>, a transfer does not say whose it was.</summary>
    public override LogLine? ToLog(Room before) => By is null && Reason == HostReasons.Transfer ? null : new(AtMs, "transferHost", By, HostUserId, Reason);
}
