using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>What a permission takes.</summary>
/// <param name="Least">The least role that has it, where the room does not say otherwise.</param>
/// <param name="Floor">The least role that a room may give it to.</param>
/// <param name="IsHosts">Whether the host has it, whatever their role.</param>
internal sealed record PermissionRule(RoomRole Least, RoomRole Floor, bool IsHosts = false);
