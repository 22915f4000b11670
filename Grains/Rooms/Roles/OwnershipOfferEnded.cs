namespace WhatsSound.Grains.Rooms;

/// <summary>The room is offered to nobody: the owner has thought again, who was to have it does not want it, or they were sent out or may do nothing for a while.</summary>
internal sealed record OwnershipOfferEnded(string ToUserId, string By, long AtMs) : RoomEvent(AtMs)
{
    public override Room ApplyTo(Room room) => room with { OwnershipOffer = null };

    public override LogLine ToLog(Room before) => new(AtMs, "endRoomOffer", By, ToUserId);
}
