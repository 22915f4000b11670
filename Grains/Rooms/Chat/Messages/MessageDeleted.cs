using System.Globalization;

namespace WhatsSound.Grains.Rooms;

/// <summary>Somebody took another's message back. It changes nothing but the log: the chat has the message, and what became of it.</summary>
/// <param name="Offset">The message's number.</param>
/// <param name="UserId">Who had said it.</param>
/// <param name="By">Who took it back.</param>
/// <param name="AtMs">When.</param>
internal sealed record MessageDeleted(long Offset, string UserId, string By, long AtMs) : RoomEvent(AtMs)
{
    private const string Action = "deleteChat";

    public override Room ApplyTo(Room room) => room;

    public override LogLine ToLog(Room before) => new(AtMs, Action, By, UserId, Number(Offset));

    /// <summary>Whether it is in the log: a message is taken back once.</summary>
    public static bool IsIn(Room room, long offset) => room.Log.Any(line => line.Action == Action && line.Detail == Number(offset));

    private static string Number(long offset) => offset.ToString(CultureInfo.InvariantCulture);
}
