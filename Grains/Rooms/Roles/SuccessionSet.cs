using System.Collections.Immutable;

namespace WhatsSound.Grains.Rooms;

/// <summary>Co-hosts follow in this order.</summary>
internal sealed record SuccessionSet(ImmutableArray<string> UserIds, string By, long AtMs) : RoomEvent(AtMs)
{
    public override Room ApplyTo(Room room) => room with { Succession = UserIds };

    public override LogLine ToLog(Room before) => new(AtMs, "setSuccession", By, Detail: string.Join(' ', UserIds.Take(10)));
}
