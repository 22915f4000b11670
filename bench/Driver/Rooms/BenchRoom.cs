using System.Globalization;
using System.Text.Json;
using WhatsSound.Bench.Traffic;
using WhatsSound.Bench.Wire;

namespace WhatsSound.Bench.Rooms;

/// <summary>A room with so many members, whose queue grows step by step. Member 0 made it, and is its host.</summary>
internal sealed class BenchRoom(Audience audience, string id, int members)
{
    private const int JoinsAtOnce = 8;
    private const int TracksAtOnce = 200;

    private readonly List<QueuedSong> _songs = [];
    private int _commands;
    private int _tracks;

    public string Id => id;

    public int Members => members;

    /// <summary>The songs that wait; the one that plays is not among them.</summary>
    public IReadOnlyList<QueuedSong> Songs => _songs;

    /// <summary>Creates the room, lets everybody in, and starts a song that outlasts the benchmark.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await OpenAloneAsync(cancellationToken);
        foreach (var some in Enumerable.Range(1, members - 1).Chunk(JoinsAtOnce))
            await Task.WhenAll(some.Select(member => CallAsync(member, "JoinRoom", "\"info\":{}", cancellationToken)));
    }

    /// <summary>Creates the room with its host in it, and starts a song that outlasts the benchmark.</summary>
    public async Task OpenAloneAsync(CancellationToken cancellationToken)
    {
        await CallAsync(0, "CreateRoom", "\"name\":\"Bench\"", cancellationToken);
        await CallAsync(0, "JoinRoom", "\"info\":{}", cancellationToken);
        await CallAsync(0, "Enqueue", Tracks(1), cancellationToken);
        await CallAsync(0, "Play", null, cancellationToken);
    }

    /// <summary>Adds songs, by the members in turn or by the host alone, until so many wait.</summary>
    public async Task GrowToAsync(int songs, CancellationToken cancellationToken, bool isByHost = false)
    {
        for (var batch = 0; _songs.Count < songs; batch++)
        {
            var member = isByHost ? 0 : batch % members;
            var completion = await CallAsync(member, "Enqueue", Tracks(Math.Min(TracksAtOnce, songs - _songs.Count)), cancellationToken);
            var added = completion.GetProperty("result").GetProperty("result").GetProperty("entryIds").EnumerateArray();
            _songs.AddRange(added.Select(id => new QueuedSong(id.GetString()!, member)));
        }
    }

    /// <summary>The socket of a member.</summary>
    public ClientSocket SocketOf(int member) => audience.Listeners[member].Socket;

    /// <summary>The argument of a command of this room, with an id that no other has.</summary>
    public string Argument(string? fields)
    {
        var command = string.Create(CultureInfo.InvariantCulture, $"\"commandId\":\"c{Interlocked.Increment(ref _commands)}\"");
        return $"{{\"roomId\":\"{id}\",{command}{(fields is null ? "" : ",")}{fields}}}";
    }

    /// <summary>So many tracks that no other command has, as the field of an <c>Enqueue</c>.</summary>
    public string Tracks(int count)
    {
        var tracks = Enumerable.Range(0, count).Select(_ => string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"url\":\"https://music.example/{++_tracks}\",\"title\":\"Song {_tracks}\",\"artist\":\"Artist\",\"durationMs\":7200000}}"));
        return $"\"tracks\":[{string.Join(',', tracks)}]";
    }

    private Task<JsonElement> CallAsync(int member, string target, string? fields, CancellationToken cancellationToken) =>
        HubCalls.CallAsync(SocketOf(member), target, Argument(fields), cancellationToken);
}
