using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>The room is set otherwise.</summary>
/// <param name="Settings">From now on.</param>
/// <param name="Password">From now on; null: none.</param>
/// <param name="By">Who did it.</param>
/// <param name="Changed">What of it, by name.</param>
/// <param name="AtMs">When.</param>
internal sealed record SettingsChanged(RoomSettings Settings, RoomPassword? Password, string By, string Changed, long AtMs) : RoomEvent(AtMs)
{
    public override Room ApplyTo(Room room) => room with { Settings = Settings, Password = Password };

    public override LogLine ToLog(Room before) => new(AtMs, "settings", By, Detail: Changed);
}
