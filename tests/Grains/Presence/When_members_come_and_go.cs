using WhatsSound.Channels;
using WhatsSound.Presence;
using WhatsSound.Tests.Grains.Channels;

namespace WhatsSound.Tests.Grains.Presence;

[Collection(ClusterTests.Name)]
public sealed class When_members_come_and_go
{
    private static readonly TimeSpan Lease = new ChannelRule { Pattern = "*" }.PresenceLease;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    private readonly TestCluster _cluster;
    private readonly Channel _channel;
    private readonly Members _members;

    public When_members_come_and_go(TestCluster cluster)
    {
        _cluster = cluster;
        _channel = Channel.New(cluster, "room:*");
        _members = new(_channel);
    }

    [Fact]
    public async Task INV_M5_Should_tell_one_join_and_one_leave_of_three_tabs()
    {
        foreach (var tab in new[] { "1", "2", "3" })
            await EnterAndTickAsync("ann", tab);
        foreach (var tab in new[] { "1", "2", "3" })
        {
            await _members.LeaveAsync("ann", tab);
            await TickAsync();
        }

        var told = await _members.ToldAsync();
        Assert.Equal(["ann"], told.SelectMany(change => change.Joined).Select(member => member.UserId));
        Assert.Equal(["ann"], told.SelectMany(change => change.Left));
    }

    [Fact]
    public async Task Should_show_a_member_to_itself_at_once()
    {
        var view = await _members.EnterAsync("ann");

        Assert.Equal("ann", Assert.Single(view.Members).UserId);
        Assert.True(view.IsComplete);
    }

    [Fact]
    public async Task Should_collect_the_changes_of_a_tick()
    {
        await _members.EnterAsync("ann");
        await _members.EnterAsync("bob");
        await _members.EnterAsync("cem");
        await TickAsync();

        var told = Assert.Single(await _members.ToldAsync());
        Assert.Equal(3, told.Total);
        Assert.Equal(["ann", "bob", "cem"], told.Joined.Select(member => member.UserId).Order());
    }

    [Fact]
    public async Task Should_wait_out_the_grace_of_a_lost_connection()
    {
        await EnterAndTickAsync("ann");
        await _members.LoseAsync("ann");

        await _channel.AdvanceAsync(Grace - Members.Tick, Members.Tick);
        Assert.Equal(["ann"], await _members.NamesAsync());
        await _channel.AdvanceAsync(Members.Tick * 2, Members.Tick);

        Assert.Empty(await _members.NamesAsync());
        Assert.Equal(["ann"], (await _members.ToldAsync()).SelectMany(change => change.Left));
    }

    [Fact]
    public async Task Should_tell_nothing_of_a_member_who_returns_within_the_grace()
    {
        await EnterAndTickAsync("ann", "1");
        await _members.LoseAsync("ann", "1");
        await _channel.AdvanceAsync(Grace / 2, Members.Tick);
        await EnterAndTickAsync("ann", "2");
        await _channel.AdvanceAsync(Grace, Members.Tick);

        var told = Assert.Single(await _members.ToldAsync());
        Assert.Equal(["ann"], told.Joined.Select(member => member.UserId));
    }

    [Fact]
    public async Task INV_M4_Should_drop_the_connections_of_a_gateway_that_died_with_its_lease()
    {
        var dead = Guid.NewGuid();
        await _members.EnterAsync("ann", gatewayId: dead);
        await _members.EnterAsync("bob", "1", gatewayId: dead);
        await EnterAndTickAsync("bob", "2");

        await _channel.AdvanceAsync(Lease / 2, Members.Tick);
        await _channel.Grain.RenewAsync(new() { GatewayId = _members.GatewayId, ConnectionCount = 1 });
        await _channel.AdvanceAsync(Lease / 2, Members.Tick);

        Assert.Equal(["bob"], await _members.NamesAsync());
    }

    [Fact]
    public async Task Should_tell_of_a_changed_info_as_an_update()
    {
        await EnterAndTickAsync("ann");
        await _members.EnterAsync("ann", info: """{"mood":"good"}""");
        await TickAsync();

        var told = await _members.ToldAsync();
        Assert.Empty(told[1].Joined);
        Assert.Equal("""{"mood":"good"}""", Assert.Single(told[1].Updated).Info.ToString());
    }

    [Fact]
    public async Task Should_show_the_name_that_the_gateway_vouches_for_and_tell_of_another_one()
    {
        await _members.EnterAsync("ann", info: """{"displayName":"Bob"}""", displayName: "Ann");
        await TickAsync();
        var view = await _members.EnterAsync("ann", info: """{"displayName":"Bob"}""", displayName: "Anna");
        await TickAsync();

        var told = await _members.ToldAsync();
        Assert.Equal("Ann", Assert.Single(told[0].Joined).DisplayName);
        Assert.Equal("Anna", Assert.Single(told[1].Updated).DisplayName);
        Assert.Equal("Anna", Assert.Single(view.Members).DisplayName);
    }

    [Fact]
    public async Task Should_refuse_a_name_that_is_too_long()
    {
        var answer = await _channel.Grain.EnterAsync(Members.Entry("ann", "1", Guid.NewGuid()) with { DisplayName = new string('x', 65) });

        Assert.Equal((RefusalCode.BadRequest, "displayName"), (answer.Refusal!.Code, answer.Refusal.Detail));
    }

    [Fact]
    public async Task Should_know_only_those_that_a_gateway_has_once_it_was_reconciled()
    {
        var ann = Members.Entry("ann", "1", _members.GatewayId) with { Sequence = 1 };
        await _channel.Grain.EnterAsync(ann);
        await _channel.Grain.EnterAsync(Members.Entry("bob", "1", _members.GatewayId) with { Sequence = 2 });
        var cem = Members.Entry("cem", "1", _members.GatewayId) with { Sequence = 3 };

        var first = await RenewAsync(ann, cem);
        var reconciled = await _channel.Grain.ReconcileAsync(new() { GatewayId = _members.GatewayId, After = 0, UpTo = 3, Entries = [ann, cem] });
        var second = await RenewAsync(ann, cem);
        await _channel.AdvanceAsync(Grace, Members.Tick);

        Assert.False(first.PresenceKnown);
        Assert.Empty(reconciled.Refused);
        Assert.True(second.PresenceKnown);
        Assert.Equal(["ann", "cem"], await _members.NamesAsync());
    }

    [Fact]
    public async Task Should_compare_a_gateway_that_does_not_number_by_its_count()
    {
        await _members.EnterAsync("ann");

        Assert.True((await _channel.Grain.RenewAsync(new() { GatewayId = _members.GatewayId, ConnectionCount = 1 })).PresenceKnown);
        Assert.False((await _channel.Grain.RenewAsync(new() { GatewayId = _members.GatewayId, ConnectionCount = 2 })).PresenceKnown);
    }

    [Fact]
    public async Task Should_refuse_an_entry_that_was_made_before_its_connection_left()
    {
        var entry = Members.Entry("ann", "1", _members.GatewayId) with { Sequence = 1 };
        await _channel.Grain.LeaveAsync(new() { UserId = entry.UserId, ConnectionId = entry.ConnectionId, Sequence = 2 });

        var answer = await _channel.Grain.EnterAsync(entry);

        Assert.Equal(RefusalCode.NotReady, answer.Refusal!.Code);
        Assert.Empty(await _members.NamesAsync());
    }

    [Fact]
    public async Task Should_be_in_the_history_of_the_channel_as_they_were_told()
    {
        await EnterAndTickAsync("ann");
        await EnterAndTickAsync("bob");

        var page = await _channel.Grain.ReadHistoryAsync(new() { CountMax = 10 });

        Assert.Equal(["presence", "presence"], page.Publications.Select(publication => publication.Event));
        Assert.Contains("\"ann\"", page.Publications[0].Data.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_position_the_view_so_that_later_publications_continue_it()
    {
        await EnterAndTickAsync("ann");
        var view = await _channel.Grain.ReadPresenceAsync();
        await EnterAndTickAsync("bob");

        var recovery = await _channel.RecoverAsync(view.Position);

        var change = Assert.Single(recovery.Publications).Data.Read(WireJson.Default.PresenceChanged)!;
        Assert.Equal(["bob"], change.Joined.Select(member => member.UserId));
    }

    [Fact]
    public async Task Should_tell_of_hosts_first()
    {
        await _members.EnterAsync("ann");
        await EnterAndTickAsync("bob");
        await _channel.Grain.SetHostsAsync(["bob"]);
        await TickAsync();

        var told = await _members.ToldAsync();
        Assert.Equal(("bob", true), (told[1].Updated.Single().UserId, told[1].Updated.Single().IsHost));
    }

    [Fact]
    public async Task Should_refuse_where_the_channel_has_no_presence()
    {
        var channel = Channel.New(_cluster);

        var answer = await channel.Grain.EnterAsync(Members.Entry("ann", "1", Guid.NewGuid()));

        Assert.Equal(RefusalCode.PresenceDisabled, answer.Refusal!.Code);
    }

    [Theory]
    [InlineData("", "1", 2, "userId")]
    [InlineData("ann", "a connection id that is far too long: one hundred and twenty-eight characters are as many as any gateway needs, and this is more of them", 2, "connectionId")]
    [InlineData("ann", "1", 1_025, "info")]
    public async Task Should_refuse_what_is_malformed(string userId, string connection, int infoBytes, string field)
    {
        var answer = await _channel.Grain.EnterAsync(new PresenceEntry
        {
            UserId = userId,
            ConnectionId = connection,
            GatewayId = Guid.NewGuid(),
            Info = new(new byte[infoBytes]),
        });

        Assert.Equal((RefusalCode.BadRequest, field), (answer.Refusal!.Code, answer.Refusal.Detail));
    }

    private Task TickAsync() => _channel.AdvanceAsync(Members.Tick, Members.Tick);

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

    private async Task EnterAndTickAsync(string userId, string connection = "1")
    {
        await _members.EnterAsync(userId, connection);
        await TickAsync();
    }
}
