using WhatsSound.Channels;
using WhatsSound.Grains.Channels;
using WhatsSound.Presence;
using WhatsSound.Publications;
using WhatsSound.Tests.Grains.Channels;

namespace WhatsSound.Tests.Grains.Presence;

/// <summary>Ann and bob are in a channel that loses its memory, or goes in good order where there is nowhere to move to. Nobody who stayed is told as joined or left.</summary>
public sealed class When_a_channel_comes_back : IAsyncLifetime
{
    private static readonly TimeSpan Lease = new ChannelRule { Pattern = "*" }.PresenceLease;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    private readonly TestCluster _cluster = new();
    private Channel _channel = null!;
    private Members _members = null!;
    private PresenceEntry _ann = null!;
    private PresenceEntry _bob = null!;
    private Position _head;

    public async ValueTask InitializeAsync()
    {
        await _cluster.InitializeAsync();
        _channel = Channel.New(_cluster, "room:*:lobby");
        _members = new(_channel);
        _ann = Members.Entry("ann", "1", _members.GatewayId, """{"mood":"good"}""") with { DisplayName = "Ann", Sequence = 1 };
        _bob = Members.Entry("bob", "1", _members.GatewayId) with { Sequence = 2 };
        await _channel.Grain.EnterAsync(_ann);
        await _channel.Grain.EnterAsync(_bob);
        await _channel.Grain.SetHostsAsync(["ann"]);
        await _channel.AdvanceAsync(TimeSpan.FromSeconds(3), Members.Tick);
        _head = await _channel.HeadAsync();
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_have_everybody_in_its_first_view(bool isKilled)
    {
        await GoAsync(isKilled);

        var view = await _channel.Grain.ReadPresenceAsync();

        Assert.Equal(
            [("ann", "Ann", """{"mood":"good"}""", true), ("bob", null, "{}", false)],
            view.Members.Select(member => (member.UserId, member.DisplayName, member.Info.ToString(), member.IsHost)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_tell_nobody_as_joined_whom_a_gateway_still_has(bool isKilled)
    {
        await GoAsync(isKilled);

        var answer = await RenewAsync(_ann, _bob);
        await ReconcileAsync(upTo: 2, _ann, _bob);
        await _channel.AdvanceAsync(Grace, Members.Tick);

        Assert.True(answer.PresenceKnown);
        Assert.Equal(["ann", "bob"], await _members.NamesAsync());
        Assert.Empty(await ToldAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_tell_nobody_as_joined_who_comes_back_by_another_gateway(bool isKilled)
    {
        await GoAsync(isKilled);

        foreach (var entry in new[] { _ann, _bob })
            await _channel.Grain.EnterAsync(entry with { GatewayId = Guid.NewGuid(), ConnectionId = $"{entry.UserId}/2" });
        await _channel.AdvanceAsync(TimeSpan.FromSeconds(20), Members.Tick);

        Assert.Equal(["ann", "bob"], await _members.NamesAsync());
        Assert.Empty(await ToldAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_let_go_of_who_does_not_come_back_within_the_lease(bool isKilled)
    {
        await GoAsync(isKilled);
        await _channel.Grain.ReadPresenceAsync();

        await _channel.AdvanceAsync(Lease / 2, TimeSpan.FromSeconds(1));
        await _channel.Grain.EnterAsync(_ann with { GatewayId = Guid.NewGuid(), ConnectionId = "ann/2" });
        await _channel.AdvanceAsync(Lease / 2, TimeSpan.FromSeconds(1));
        await _channel.AdvanceAsync(Members.Tick, Members.Tick);

        Assert.Equal(["ann"], await _members.NamesAsync());
        Assert.Equal(["bob"], (await ToldAsync()).SelectMany(change => change.Left));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_know_a_connection_that_leaves_by_its_name(bool isKilled)
    {
        await GoAsync(isKilled);

        await _channel.Grain.LeaveAsync(new() { UserId = "bob", ConnectionId = _bob.ConnectionId, Sequence = 3 });
        await _channel.AdvanceAsync(Members.Tick, Members.Tick);

        Assert.Equal(["ann"], await _members.NamesAsync());
        Assert.Equal(["bob"], (await ToldAsync()).SelectMany(change => change.Left));
    }

    [Fact]
    public async Task Should_recover_who_was_at_its_head_when_it_went_in_good_order()
    {
        await GoAsync(isKilled: false);

        var back = await _channel.RecoverAsync(_head);

        Assert.Equal((Verdict.Recovered, _head), (back.Verdict, back.Position));
    }

    [Fact]
    public async Task Should_let_the_grace_of_one_who_was_lost_begin_anew()
    {
        await _channel.Grain.LeaveAsync(new() { UserId = "bob", ConnectionId = _bob.ConnectionId, Sequence = 3, Abrupt = true });
        await _channel.AdvanceAsync(TimeSpan.FromSeconds(14), Members.Tick);
        await GoAsync(isKilled: true);
        await _channel.Grain.ReadPresenceAsync();

        await _channel.AdvanceAsync(TimeSpan.FromSeconds(14), Members.Tick);
        Assert.Contains("bob", await _members.NamesAsync());
        await _channel.AdvanceAsync(TimeSpan.FromSeconds(1), Members.Tick);

        Assert.DoesNotContain("bob", await _members.NamesAsync());
    }

    /// <summary>Whoever comes back with a position of before is told of those who did not, however long it was.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_let_go_also_of_those_of_long_ago(bool isKilled)
    {
        await GoAsync(isKilled, away: TimeSpan.FromMinutes(45));

        var back = await _channel.RecoverAsync(_head);
        Assert.Equal(["ann", "bob"], await _members.NamesAsync());
        await _channel.AdvanceAsync(Lease / 2, TimeSpan.FromSeconds(1));
        await _channel.Grain.EnterAsync(_bob with { GatewayId = Guid.NewGuid(), ConnectionId = "bob/2" });
        await _channel.AdvanceAsync(Lease / 2, TimeSpan.FromSeconds(1));
        await _channel.AdvanceAsync(Members.Tick, Members.Tick);

        Assert.Equal(isKilled ? Verdict.Lost : Verdict.Recovered, back.Verdict);
        Assert.Equal(["bob"], await _members.NamesAsync());
        Assert.Equal(["ann"], (await ToldAsync()).SelectMany(change => change.Left));
    }

    [Fact]
    public async Task Should_know_a_change_that_came_after_a_quiet_time()
    {
        await _channel.AdvanceAsync(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1));
        await _channel.Grain.LeaveAsync(new() { UserId = "bob", ConnectionId = _bob.ConnectionId, Sequence = 3 });
        await _channel.AdvanceAsync(TimeSpan.FromSeconds(3), Members.Tick);

        await GoAsync(isKilled: true);

        Assert.Equal(["ann"], await _members.NamesAsync());
    }

    /// <summary>Of another version, and of this version with something missing.</summary>
    [Theory]
    [InlineData("""{"schema":99,"savedAtMs":1}""")]
    [InlineData("""{"schema":1,"savedAtMs":1,"membership":{"firstVersion":1}}""")]
    public async Task Should_begin_anew_where_what_was_kept_cannot_be_understood(string row)
    {
        await GoAsync(isKilled: false);
        _cluster.Storage.Replace(MembersKeeper.StateName, _channel.Grain.GetGrainId(), row);

        Assert.Equal(Verdict.Lost, (await _channel.RecoverAsync(_head)).Verdict);
        Assert.Empty(await _members.NamesAsync());

        // And it is not in the way of what is kept from now on.
        await _channel.Grain.EnterAsync(_ann with { Sequence = 4 });
        await _channel.AdvanceAsync(TimeSpan.FromSeconds(3), Members.Tick);
        await GoAsync(isKilled: true);
        Assert.Equal(["ann"], await _members.NamesAsync());
    }

    [Fact]
    public async Task Should_go_on_where_its_members_could_not_be_read_at_first()
    {
        await GoAsync(isKilled: false);
        _cluster.Storage.FailReads(1);
        await Assert.ThrowsAnyAsync<Exception>(_channel.HeadAsync);

        Assert.Equal((Verdict.Recovered, _head), (await _channel.RecoverAsync(_head) is var back ? (back.Verdict, back.Position) : default));
    }

    [Fact]
    public async Task Should_say_that_there_is_no_storage_where_its_members_are_not_read_in_time()
    {
        await GoAsync(isKilled: false);
        _cluster.Storage.HoldReads(new TaskCompletionSource().Task);
        var head = _channel.HeadAsync();
        await Eventually.BecomesTrueAsync(() => _cluster.Storage.WaitingReads == 1);

        _cluster.Time.Advance(TimeSpan.FromSeconds(6));

        await Assert.ThrowsAsync<StorageUnavailableException>(() => head);
    }

    [Fact]
    public async Task Should_begin_anew_and_without_anybody_where_they_could_not_be_kept()
    {
        await _channel.Grain.LeaveAsync(new() { UserId = "bob", ConnectionId = _bob.ConnectionId, Sequence = 3 });
        _cluster.Storage.FailWrites(1);
        await GoAsync(isKilled: false);

        Assert.Equal(Verdict.Lost, (await _channel.RecoverAsync(_head)).Verdict);
    }

    private async Task GoAsync(bool isKilled, TimeSpan away = default)
    {
        if (isKilled)
            await _cluster.KillSiloOfAsync(_channel.Grain);
        else
            await _cluster.DeactivateAsync(_channel.Grain);
        _cluster.Time.Advance(away);
    }

    /// <summary>What was told since the channel came back.</summary>
    private async Task<IReadOnlyList<PresenceChanged>> ToldAsync() =>
        [.. (await _channel.Grain.RecoverAsync(new() { RewindCount = 100 })).Publications
            .Where(publication => publication.Event == PresenceChanged.EventName)
            .Select(publication => publication.Data.Read(WireJson.Default.PresenceChanged)!)
            .Where(change => change.Summary is not null || change.IsComplete || !(change.Joined.IsEmpty && change.Left.IsEmpty && change.Updated.IsEmpty))];

    private Task<PresenceRollAnswer> ReconcileAsync(long upTo, params PresenceEntry[] entries) =>
        _channel.Grain.ReconcileAsync(new() { GatewayId = _members.GatewayId, After = 0, UpTo = upTo, Entries = [.. entries] });

    private Task<GatewayLeaseAnswer> RenewAsync(params PresenceEntry[] entries) => _channel.Grain.RenewAsync(new()
    {
        GatewayId = _members.GatewayId,
        ConnectionCount = entries.Length,
        Connections = new()
        {
            Count = entries.Length,
            Digest = entries.Aggregate(0UL, static (digest, entry) => digest ^ ConnectionDigest.Of(entry)),
            UpTo = entries.Max(static entry => entry.Sequence),
        },
    });
}
