namespace WhatsSound.Grains.Rooms;

/// <summary>
/// The reminder that brings a room back when its silo died and nobody calls: there while a song plays or an event is unsent, gone otherwise.
/// </summary>
internal sealed class RoomReminder(IGrainBase grain)
{
    private const string Name = "room-wake";

    /// <summary>The shortest that reminders take.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private bool? _isThere;

    public async Task SetAsync(bool isWanted)
    {
        if (_isThere == isWanted)
            return;
        if (isWanted)
            await grain.RegisterOrUpdateReminder(Name, Period, Period);
        else if (await grain.GetReminder(Name) is { } reminder)
            await grain.UnregisterReminder(reminder);
        _isThere = isWanted;
    }
}
