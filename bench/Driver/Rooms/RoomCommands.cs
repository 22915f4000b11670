using System.Globalization;

namespace WhatsSound.Bench.Rooms;

/// <summary>The commands that are measured. Each one of a series changes the room.</summary>
internal static class RoomCommands
{
    /// <summary>The commands by name, in the order of the report: the number of a series to a command.</summary>
    public static IReadOnlyList<(string Name, Func<BenchRoom, int, RoomCommand> Next)> All { get; } =
    [
        ("chat", Chat),
        ("vote", Vote),
        ("enqueue", Enqueue),
        ("pause", Pause),
    ];

    private static RoomCommand Chat(BenchRoom room, int number) =>
        new(number % room.Members, "SendChat", string.Create(CultureInfo.InvariantCulture, $"\"text\":\"{number:D6} What a song, play it again, and then the other one.\""));

    // Round after round over the songs: one up, one taken back, by somebody who did not add the song.
    private static RoomCommand Vote(BenchRoom room, int number)
    {
        var round = number / room.Songs.Count;
        var song = room.Songs[number % room.Songs.Count];
        var member = (song.Member + 1 + (round / 2 % (room.Members - 1))) % room.Members;
        return new RoomCommand(member, "Vote", $"\"entryId\":\"{song.EntryId}\",\"value\":{(round % 2 == 0 ? 1 : 0)}");
    }

    private static RoomCommand Enqueue(BenchRoom room, int number) =>
        new(number % room.Members, "Enqueue", room.Tracks(1)) { IsUndone = true };

    private static RoomCommand Pause(BenchRoom room, int number) => new(0, number % 2 == 0 ? "Pause" : "Play", null);
}
