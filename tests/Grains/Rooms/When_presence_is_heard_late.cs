using System.Collections.Concurrent;
using WhatsSound.Presence;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Grains.Rooms;

/// <summary>Presence tells its room one-way: what it told may be heard after the answer to a call that was made later.</summary>
public sealed class When_presence_is_heard_late : IAsyncLifetime
{
    private readonly TestCluster _cluster = new() { SilosCount = 1 };
    private readonly ConcurrentQueue<PresenceDelta> _held = [];
    private ListeningRoom _room = null!;

    public async ValueTask InitializeAsync()
    {
        await _cluster.InitializeAsync();
        _room = await ListeningRoom.OpenAsync(_cluster, "owner", "bob");
        await _room.AdvanceAsync(TimeSpan.FromSeconds(1));
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Should_not_take_out_who_has_been_let_in_again()
    {
        _cluster.Outgoing = HoldAsync;
        ListeningRoom.Done(await _room.Grain.LeaveAsync(_room.Command("bob") with { Action = new LeaveRoom() }, _room.Exit("bob")));
        await _room.AdvanceAsync(TimeSpan.FromSeconds(1));
        await _room.JoinAsync("bob");
        _cluster.Outgoing = null;
        var left = Assert.Single(_held);
        Assert.Equal(["bob"], left.Left);

        await HearAsync(left);

        Assert.Null(ListeningRoom.CodeOf(await _room.Grain.LeaveAsync(_room.Command("bob") with { Action = new LeaveRoom() }, _room.Exit("bob"))));
    }

    [Fact]
    public async Task Should_take_out_who_left_after_they_were_let_in_again()
    {
        _cluster.Outgoing = HoldAsync;
        ListeningRoom.Done(await _room.Grain.LeaveAsync(_room.Command("bob") with { Action = new LeaveRoom() }, _room.Exit("bob")));
        await _room.AdvanceAsync(TimeSpan.FromSeconds(1));
        await _room.JoinAsync("bob");
        await _room.AdvanceAsync(TimeSpan.FromSeconds(1));
        ListeningRoom.Done(await _room.Grain.LeaveAsync(_room.Command("bob") with { Action = new LeaveRoom() }, _room.Exit("bob")));
        await _room.AdvanceAsync(TimeSpan.FromSeconds(1));
        _cluster.Outgoing = null;

        foreach (var told in _held)
            await HearAsync(told);

        Assert.Equal(RefusalCode.NotMember, ListeningRoom.CodeOf(await _room.Grain.GetSnapshotAsync("bob")));
    }

    [Fact]
    public async Task Should_not_let_in_who_has_left_since()
    {
        _cluster.Outgoing = HoldAsync;
        await _room.JoinAsync("carl");
        await _room.AdvanceAsync(TimeSpan.FromSeconds(1));
        var joined = Assert.Single(_held);
        Assert.Equal(["carl"], joined.Joined);
        ListeningRoom.Done(await _room.Grain.LeaveAsync(_room.Command("carl") with { Action = new LeaveRoom() }, _room.Exit("carl")));
        _cluster.Outgoing = null;

        await HearAsync(joined);

        Assert.Equal(RefusalCode.NotMember, ListeningRoom.CodeOf(await _room.Grain.GetSnapshotAsync("carl")));
    }

    private Task HoldAsync(IOutgoingGrainCallContext context)
    {
        if (context.Request.GetMethodName() != nameof(IPresenceWatcher.OnPresenceChangedAsync))
            return context.Invoke();
        _held.Enqueue((PresenceDelta)context.Request.GetArgument(0)!);
        return Task.CompletedTask;
    }

    /// <summary>Done when the room has heard it: it answers what comes after.</summary>
    private async Task HearAsync(PresenceDelta told)
    {
        await _room.Grain.AsReference<IPresenceWatcher>().OnPresenceChangedAsync(told);
        await _room.ReadAsync();
    }
}
