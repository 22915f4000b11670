using System.Globalization;
using System.Text.Json;
using WhatsSound.Channels;
using WhatsSound.Presence;
using WhatsSound.Queue;
using WhatsSound.Rooms;

namespace WhatsSound.Bench.Turns;

/// <summary>A room in fair order with 200 members, who have queued the songs in turn, and vote on any of them but their own.</summary>
internal sealed class TurnRoom
{
    private const int MembersCount = 200;
    private const int PerBatchMax = 50;
    private const int SongMs = 7_200_000;

    /// <summary>The same votes in each run.</summary>
    private readonly Random _random = new(1);

    private readonly Guid _gatewayId = Guid.NewGuid();
    private readonly List<PresenceEntry> _connections = [];
    private readonly List<(string EntryId, int Member)> _songs = [];
    private readonly Dictionary<(int Member, string EntryId), int> _votes = [];
    private readonly TurnSilo _silo;
    private readonly IRoomGrain _grain;
    private readonly string _roomId;
    private int _commands;

    private TurnRoom(TurnSilo silo, int songs)
    {
        (_silo, Songs, _roomId) = (silo, songs, string.Create(CultureInfo.InvariantCulture, $"songs-{songs}"));
        _grain = silo.Grains.GetGrain<IRoomGrain>(RoomId.KeyOf(_roomId));
    }

    public int Songs { get; }

    public static async Task<TurnRoom> OpenAsync(TurnSilo silo, int songs)
    {
        var room = new TurnRoom(silo, songs);
        await room.ActAsync(0, new CreateRoom { Settings = new RoomSettings { Name = "Turns" } });
        for (var member = 0; member < MembersCount; member++)
            await room.JoinAsync(member);
        await room.ActAsync(0, new Enqueue { Tracks = [TrackOf(0)] });
        await room.FillAsync();
        return room;
    }

    /// <summary>One member gives one song another vote than before.</summary>
    public async Task VoteAsync()
    {
        var (entryId, adder) = _songs[_random.Next(_songs.Count)];
        var member = (adder + 1 + _random.Next(MembersCount - 1)) % MembersCount;
        var before = _votes.GetValueOrDefault((member, entryId));
        var value = before == 0 ? _random.Next(2) == 0 ? 1 : -1 : 0;
        _votes[(member, entryId)] = value;
        await ActAsync(member, new Vote { EntryId = entryId, Value = value });
    }

    /// <summary>How large a late joiner's snapshot is, as JSON.</summary>
    public async Task<int> ReadSnapshotBytesAsync() =>
        JsonSerializer.SerializeToUtf8Bytes((await _grain.GetSnapshotAsync(UserOf(MembersCount - 1))).Value!, WireJson.Default.RoomSnapshot).Length;

    /// <summary>As a gateway does in time.</summary>
    public async Task RenewAsync()
    {
        var digest = _connections.Aggregate(0UL, static (digest, entry) => digest ^ ConnectionDigest.Of(entry));
        var set = new ConnectionSet { Count = _connections.Count, Digest = digest, UpTo = _connections.Count };
        await _silo.Grains.GetChannel(RoomId.KeyOf(_roomId)).RenewAsync(new GatewayLease { GatewayId = _gatewayId, ConnectionCount = set.Count, Connections = set });
    }

    private async Task JoinAsync(int member)
    {
        var entry = new PresenceEntry { UserId = UserOf(member), ConnectionId = $"{UserOf(member)}-1", GatewayId = _gatewayId, Sequence = _connections.Count + 1 };
        _connections.Add(entry);
        Check(await _grain.JoinAsync(CommandOf(member, new JoinRoom()), entry));
    }

    private async Task FillAsync()
    {
        var songsOfMember = Math.Max(1, Songs / MembersCount);
        for (var member = 0; _songs.Count < Songs; member++)
        {
            for (var left = songsOfMember; left > 0; left -= PerBatchMax)
            {
                var tracks = Enumerable.Range(_songs.Count + 1, Math.Min(left, PerBatchMax)).Select(TrackOf);
                var receipt = await ActAsync(member % MembersCount, new Enqueue { Tracks = [.. tracks] });
                _songs.AddRange(receipt.EntryIds.Select(entryId => (entryId, member % MembersCount)));
            }

            await RenewAsync();
        }
    }

    private async Task<RoomReceipt> ActAsync(int member, RoomAction action) => Check(await _grain.ActAsync(CommandOf(member, action)));

    private RoomCommand CommandOf(int member, RoomAction action) =>
        new() { CommandId = string.Create(CultureInfo.InvariantCulture, $"c{++_commands}"), UserId = UserOf(member), DisplayName = UserOf(member), Action = action };

    private static T Check<T>(Answer<T> answer)
        where T : class => answer.Value ?? throw new InvalidOperationException($"{answer.Refusal!.Code}: {answer.Refusal.Message}");

    private static string UserOf(int member) => string.Create(CultureInfo.InvariantCulture, $"member-{member}");

    private static Track TrackOf(int number) =>
        new() { Url = string.Create(CultureInfo.InvariantCulture, $"https://music.example/{number}.mp3"), Title = string.Create(CultureInfo.InvariantCulture, $"Song {number}"), Artist = "Artist", DurationMs = SongMs };
}
