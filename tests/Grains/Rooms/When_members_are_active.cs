using System.Collections.Concurrent;
using WhatsSound.Channels;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Grains.Rooms;

/// <summary>Four have been in the room for some minutes, in which nobody did anything.</summary>
public sealed class When_members_are_active : IAsyncLifetime
{
    private readonly TestCluster _cluster = new() { SilosCount = 1 };
    private readonly ConcurrentQueue<IReadOnlyList<string>> _touched = [];
    private ListeningRoom _room = null!;
    private string _entryId = "";

    public async ValueTask InitializeAsync()
    {
        await _cluster.InitializeAsync();
        _room = await ListeningRoom.OpenAsync(_cluster, "owner", "amy", "bob", "cyd");
        _entryId = (await _room.EnqueueAsync("owner", ListeningRoom.Song(1, seconds: 600), ListeningRoom.Song(2)))[1];
        await _room.AdvanceAsync(TimeSpan.FromMinutes(3));
        _cluster.Outgoing = NoteAsync;
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Should_count_whoever_says_votes_or_reports_something()
    {
        Assert.Equal(0, (await _room.Main.ReadPresenceAsync()).ActiveLastMinute);

        await _room.SayAsync("amy", "hello");
        ListeningRoom.Done(await _room.Grain.VoteAsync(_room.Command("bob"), _entryId, 1));
        ListeningRoom.Done(await _room.Grain.ReportAsync("cyd", new ReportActive()));
        await _room.AdvanceAsync(TimeSpan.FromSeconds(3));

        Assert.Equal(3, (await _room.Main.ReadPresenceAsync()).ActiveLastMinute);
        await _room.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(0, (await _room.Main.ReadPresenceAsync()).ActiveLastMinute);
    }

    [Fact]
    public async Task Should_tell_presence_once_in_two_seconds_and_nobody_else()
    {
        var before = await HeadAsync();
        for (var line = 0; line < 12; line++)
        {
            await _room.SayAsync("amy", $"line {line}");
            ListeningRoom.Done(await _room.Grain.VoteAsync(_room.Command("bob"), _entryId, line % 2));
            await _room.AdvanceAsync(TimeSpan.FromSeconds(1));
        }

        await _room.AdvanceAsync(TimeSpan.FromSeconds(3));

        Assert.InRange(_touched.Count, 4, 7);
        Assert.All(_touched, static userIds => Assert.Subset(new HashSet<string>(["amy", "bob"]), userIds.ToHashSet()));
        Assert.Equal(before, await HeadAsync());
    }

    [Fact]
    public async Task Should_tell_nothing_of_who_reads_or_is_not_here()
    {
        await _room.PageAsync("amy");
        await _room.ReadAsync("bob");
        await _room.Grain.ReportAsync("stranger", new ReportActive());
        await _room.AdvanceAsync(TimeSpan.FromSeconds(5));

        Assert.Empty(_touched);
    }

    private async Task<long> HeadAsync() => (await _room.Main.RecoverAsync(new RecoverRequest())).Position.Offset;

    private Task NoteAsync(IOutgoingGrainCallContext context)
    {
        if (context.Request.GetMethodName() == nameof(IChannelGrain.TouchAsync))
            _touched.Enqueue([.. (System.Collections.Immutable.ImmutableArray<string>)context.Request.GetArgument(0)!]);
        return context.Invoke();
    }
}
