using System.Globalization;
using WhatsSound.Bench.Turns;

// What a vote costs the grain of its room, by songs in the queue: in the product's own silo, in this process, with its database in a folder that goes afterwards.
var samples = args is ["--quick", ..] ? 500 : 4_000;
var folder = Directory.CreateTempSubdirectory("whatssound-turns-");
try
{
    await using var silo = await TurnSilo.StartAsync(folder.FullName);
    var rooms = new List<TurnRoom>();
    foreach (var songs in (int[])[10, 50, 10_000])
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"a room with {songs} songs"));
        rooms.Add(await TurnRoom.OpenAsync(silo, songs));
    }

    var table = await new VoteSeries(silo, rooms, samples).MeasureAsync();
    Directory.CreateDirectory("artifacts/bench");
    await File.WriteAllTextAsync("artifacts/bench/turns.md", table);
    Console.WriteLine($"\n{table}\nwritten to artifacts/bench/turns.md");
}
finally
{
    folder.Delete(recursive: true);
}
