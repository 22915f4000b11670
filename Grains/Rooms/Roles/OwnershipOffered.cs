using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>The owner would give the room to somebody, who has until then to take it.</summary>
internal sealed record OwnershipOffered(string ToUserId, long UntilMs, string By, long AtMs) : RoomEvent(AtMs)
{
    public override Room ApplyTo(Room room) => room with { OwnershipOffer = new OwnershipOffer { ToUserId = ToUserId, UntilMs = UntilMs } };

    public override LogLine ToLog(Room before) => new(AtMs, "offerRoom", By, ToUserId, UntilMs: UntilMs);
}
