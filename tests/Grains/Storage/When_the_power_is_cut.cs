using System.Text;
using Dapper;
using Microsoft.Extensions.Time.Testing;
using WhatsSound.Channels;
using WhatsSound.Presence;
using WhatsSound.Publications;
using WhatsSound.Queue;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Grains.Storage;

/// <summary>
/// The power of the machine goes: of the SQLite file and of its write-ahead log there is what the disk had been made to keep, and nothing behind that. What was
/// acknowledged is there, no position means two publications, and no verdict lies.
/// </summary>
public sealed class When_the_power_is_cut : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeMilliseconds(1_900_000_000_000));
    private readonly List<IAsyncDisposable> _running = [];
    private readonly List<Disk> _disks = [new()];
    private IGrainFactory _grains = null!;

    [Fact]
    public async Task Should_have_what_was_acknowledged_and_number_what_follows_behind_it()
    {
        var before = _grains.GetChannel("user:ada:activity");
        for (var number = 1; number <= 42; number++)
            await PublishAsync(before, $"p{number}");

        // As SQLite does by itself every thousand pages: up to here even a disk that is made to keep nothing else has everything.
        await CheckpointAsync();
        var reader = default(Position);
        for (var number = 43; number <= 60; number++)
            reader = await PublishAsync(before, $"p{number}");

        await CutAsync();
        var after = _grains.GetChannel("user:ada:activity");
        var next = await PublishAsync(after, "p61");
        Assert.Equal(reader with { Offset = 61 }, next);
        var missed = await after.RecoverAsync(new() { Since = reader });
        Assert.Equal((Verdict.Recovered, "p61"), (missed.Verdict, string.Join(' ', missed.Publications.Select(publication => publication.Id))));
        var all = await after.RecoverAsync(new() { Since = reader with { Offset = 0 } });
        Assert.Equal(Enumerable.Range(1, 61).Select(number => ((long)number, $"p{number}")), all.Publications.Select(publication => (publication.Offset, publication.Id)));
    }

    [Fact]
    public async Task Should_say_that_a_numbering_is_lost_that_was_in_memory()
    {
        // It came back from rest: the row that it rested in must not be found as it was before that.
        var quiet = _grains.GetChannel("quiet");
        var rested = await PublishAsync(quiet, "before");
        await RestartAsync();
        quiet = _grains.GetChannel("quiet");
        var reader = await PublishAsync(quiet, "after rest");
        Assert.Equal(rested with { Offset = 2 }, reader);

        await CutAsync();
        quiet = _grains.GetChannel("quiet");
        var next = await PublishAsync(quiet, "after the cut");
        Assert.NotEqual(reader.Epoch, next.Epoch);
        Assert.Equal(Verdict.Lost, (await quiet.RecoverAsync(new() { Since = reader })).Verdict);
    }

    [Fact]
    public async Task INV_R2_Should_have_every_command_of_a_room_with_its_answer()
    {
        var room = _grains.GetGrain<IRoomGrain>(RoomId.KeyOf("jazz"));
        Assert.Null((await room.CreateAsync(Command("create"), new() { Name = "Jazz" })).Refusal);
        await JoinAsync(room);
        await CheckpointAsync();
        var answered = Assert.IsType<RoomReceipt>((await room.EnqueueAsync(Command("song"), [Song])).Value);

        await CutAsync();
        room = _grains.GetGrain<IRoomGrain>(RoomId.KeyOf("jazz"));
        var snapshot = await JoinAsync(room);
        Assert.Equal((answered.Revision, answered.EntryIds[0]), (snapshot.Revision, snapshot.Queue.Current?.EntryId));
        Assert.Equal(answered.EntryIds, (await room.EnqueueAsync(Command("song"), [Song])).Value!.EntryIds);
    }

    public async ValueTask InitializeAsync()
    {
        await StartAsync();
        await CheckpointAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        foreach (var disk in _disks)
            disk.Dispose();
    }

    private static Track Song { get; } = new() { Url = "https://music.example/1.mp3", Title = "A song", DurationMs = 180_000 };

    private static RoomCommand Command(string id) => new() { CommandId = id, UserId = "ada", DisplayName = "Ada", Action = new JoinRoom() };

    private static async Task<RoomSnapshot> JoinAsync(IRoomGrain room)
    {
        var entry = new PresenceEntry { UserId = "ada", ConnectionId = "c1", GatewayId = Guid.NewGuid() };
        return Assert.IsType<RoomSnapshot>((await room.JoinAsync(Command("join"), entry)).Value);
    }

    private static async Task<Position> PublishAsync(IChannelGrain channel, string id)
    {
        var answer = await channel.PublishAsync(new() { Id = id, Event = "said", Data = new(Encoding.UTF8.GetBytes("{}")) });
        Assert.Null(answer.Refusal);
        return answer.Value!.Position;
    }

    private async Task StartAsync()
    {
        var database = TestDatabase.OnDisk(_disks[^1]);
        _running.Add(database);
        var host = await DatabaseHost.StartGrainsAsync(database, _time);
        _running.Add(host);
        _grains = host.Grains;
    }

    private async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    /// <summary>The process that runs on goes on with the disk before the cut, which nobody reads any more.</summary>
    private async Task CutAsync()
    {
        _disks.Add(_disks[^1].AfterPowerCut());
        await StartAsync();
    }

    private async Task StopAsync()
    {
        foreach (var running in Enumerable.Reverse(_running))
            await running.DisposeAsync();
        _running.Clear();
    }

    private async Task CheckpointAsync()
    {
        await using var connection = await ((TestDatabase)_running[^2]).Database.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        Assert.Equal((0, 0, 0), await connection.QuerySingleAsync<(int IsBusy, int Pages, int Done)>("PRAGMA wal_checkpoint(TRUNCATE)"));
    }
}
