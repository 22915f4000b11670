namespace WhatsSound.Bench.Rooms;

/// <summary>A line of the report.</summary>
internal sealed record RoomsResult(string Command, int Members, int Songs, CommandFigures Figures);
