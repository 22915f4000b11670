using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>Something takes another role in this room; null: what it takes in any.</summary>
internal sealed record PermissionSet(string Permission, RoomRole? Role, string By, long AtMs) : RoomEvent(AtMs)
{
    public override Room ApplyTo(Room room) => room with
    {
        Permissions = Role is { } role ? room.Permissions.SetItem(Permission, role) : room.Permissions.Remove(Permission),
    };

    public override LogLine ToLog(Room before) => new(AtMs, "setPermission", By, Detail: Role is { } role ? $"{Permission} {RoleLadder.NameOf(role)}" : Permission);
}
