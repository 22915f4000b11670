using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>The room is another one's, and who gave it away is a co-host.</summary>
internal sealed record OwnerChanged(string ToUserId, string By, long AtMs) : RoomEvent(AtMs)
{
    public override Room ApplyTo(Room room) => room with
    {
        OwnerUserId = ToUserId,
        OwnershipOffer = null,
        Roles = room.Roles.Remove(ToUserId).SetItem(room.OwnerUserId, RoomRole.CoHost),
        Succession = room.Succession.RemoveAll(userId => userId == ToUserId),
    };

    public override LogLine ToLog(Room before) => new(AtMs, "changeOwner", By, ToUserId);
}
