using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>One command of the chat while it is decided.</summary>
/// <param name="Command">The command.</param>
/// <param name="Print">What it asks for.</param>
/// <param name="NowMs">Room time.</param>
internal sealed record ChatTurn(RoomCommand Command, string Print, long NowMs)
{
    public string UserId => Command.UserId;

    public ChatQuestion Question(ChatAct act) => new() { Act = act, UserId = UserId, Command = Command, Print = Print };
}
