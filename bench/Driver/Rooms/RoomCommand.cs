namespace WhatsSound.Bench.Rooms;

/// <summary>One command to send: who, what, and what is to be undone after it so that the room stays as it was.</summary>
/// <param name="Member">Whose connection sends it.</param>
/// <param name="Target">The hub method.</param>
/// <param name="Fields">The fields of its argument, besides room and id; null: none.</param>
internal sealed record RoomCommand(int Member, string Target, string? Fields)
{
    /// <summary>Whether its answer's entry is removed again, which is a command of its own and not timed.</summary>
    public bool IsUndone { get; init; }
}
