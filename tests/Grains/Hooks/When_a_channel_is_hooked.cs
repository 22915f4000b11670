using System.Text.Json;
using WhatsSound.Channels;
using WhatsSound.Presence;
using WhatsSound.Publications;
using WhatsSound.Tests.Grains.Channels;

namespace WhatsSound.Tests.Grains.Hooks;

public sealed class When_a_channel_is_hooked(HookCluster hooks) : IClassFixture<HookCluster>
{
    private static readonly TimeSpan Lease = new ChannelRule { Pattern = "*" }.PresenceLease;

    private readonly TestCluster _cluster = hooks.Cluster;
    private readonly Channel _channel = Channel.New(hooks.Cluster, "hooked:*");

    [Fact]
    public async Task Should_tell_a_publication_as_it_was_published_once()
    {
        var published = await _channel.PublishAsync("a", publisher: "ada");
        Assert.Equal(published, await _channel.PublishAsync("a", publisher: "ada"));
        await _channel.PublishAsync("b");

        Assert.Equal(["publication", "publication"], await _cluster.Receivers.UntilAsync(HookCluster.Ours, _channel.Name, 2));
        await _cluster.Receivers.UntilAsync(HookCluster.Theirs, _channel.Name, 2);
        var told = _cluster.Receivers.TakenOf(HookCluster.Ours, _channel.Name)[0];
        Assert.Equal($"publication/{published.Position.Epoch}/1/{_channel.Name}", told.GetProperty("id").GetString());
        Assert.Equal((published.Position.Epoch, published.TimeMs), (told.GetProperty("epoch").GetString(), told.GetProperty("timeMs").GetInt64()));
        var publication = told.GetProperty("publication").Deserialize(WireJson.Default.Publication)!;
        Assert.Equal((1, "a", "said", "ada"), (publication.Offset, publication.Id, publication.Event, publication.Publisher));
        Assert.Equal("\"a\"", publication.Data.ToString());
    }

    [Fact]
    public async Task Should_have_it_in_the_outbox_before_the_answer()
    {
        _cluster.Receivers.SetDown(HookCluster.Ours, "the test wants it so");
        try
        {
            var published = await _channel.PublishAsync("a");

            Assert.Contains($"publication/{published.Position.Epoch}/1/{_channel.Name}", _cluster.Outbox.SourcesOf(_channel.Name));
        }
        finally
        {
            _cluster.Receivers.SetDown(HookCluster.Ours, null);
        }
    }

    [Fact]
    public async Task Should_not_tell_what_is_for_one_user_alone_nor_of_other_channels()
    {
        var other = Channel.New(_cluster);
        await other.PublishAsync("other");
        var own = await _channel.Grain.PublishAsync(Channel.Request("own") with { Data = default, Own = new OwnData { UserId = "ada", Data = new("1"u8.ToArray()) } });
        Assert.Null(own.Refusal);
        await _channel.PublishAsync("for all");

        await _cluster.Receivers.UntilAsync(HookCluster.Ours, _channel.Name, 1);
        Assert.Equal(2, Assert.Single(_cluster.Receivers.TakenOf(HookCluster.Ours, _channel.Name)).GetProperty("publication").GetProperty("offset").GetInt64());
        Assert.Empty(_cluster.Receivers.TakenOf(HookCluster.Ours, other.Name));
        Assert.Empty(_cluster.Outbox.SourcesOf(other.Name));
    }

    [Fact]
    public async Task Should_acknowledge_nothing_and_number_nothing_more_while_the_outbox_fails()
    {
        await _channel.PublishAsync("before");
        _cluster.Outbox.Fail();
        try
        {
            Assert.Equal(RefusalCode.Timeout, (await _channel.Grain.PublishAsync(Channel.Request("a"))).Refusal!.Code);
            Assert.Equal(RefusalCode.NotReady, (await _channel.Grain.PublishAsync(Channel.Request("a"))).Refusal!.Code);
            Assert.Equal(RefusalCode.NotReady, (await _channel.Grain.PublishAsync(Channel.Request("b"))).Refusal!.Code);
        }
        finally
        {
            _cluster.Outbox.Fail(isFailing: false);
        }

        // It is not tried again at once.
        await hooks.UntilAsync(() => IdsOf(_channel).Contains("a"));
        Assert.Equal(2, (await _channel.PublishAsync("a")).Position.Offset);
        Assert.Equal(3, (await _channel.PublishAsync("b")).Position.Offset);
        await _cluster.Receivers.UntilAsync(HookCluster.Ours, _channel.Name, 3);
        Assert.Equal(["before", "a", "b"], IdsOf(_channel));
    }

    /// <summary>The log had it, the outbox had not, and nobody was answered.</summary>
    [Fact]
    public async Task Should_tell_what_is_in_the_log_after_a_kill_before_it_came_into_the_outbox()
    {
        var channel = Channel.New(_cluster, "user:*:notifications");
        await channel.PublishAsync("before");
        _cluster.Outbox.Fail();
        try
        {
            Assert.Equal(RefusalCode.Timeout, (await channel.Grain.PublishAsync(Channel.Request("a"))).Refusal!.Code);
            await _cluster.KillSiloOfAsync(channel.Grain);
        }
        finally
        {
            _cluster.Outbox.Fail(isFailing: false);
        }

        var next = await TestCluster.RetryAsync(() => channel.PublishAsync("next"));

        Assert.Equal(3, next.Position.Offset);
        await _cluster.Receivers.UntilAsync(HookCluster.Ours, channel.Name, 3);
        Assert.Equal(["before", "a", "next"], IdsOf(channel).Distinct());
    }

    /// <summary>The outbox knows nothing of the channel before, and the channel has answered nobody.</summary>
    [Fact]
    public async Task Should_tell_the_first_publication_that_is_tried_again_after_a_kill_before_it_came_into_the_outbox()
    {
        var channel = Channel.New(_cluster, "user:*:notifications");
        _cluster.Outbox.FailEvents();
        try
        {
            Assert.Equal(RefusalCode.Timeout, (await channel.Grain.PublishAsync(Channel.Request("a"))).Refusal!.Code);
            await _cluster.KillSiloOfAsync(channel.Grain);
        }
        finally
        {
            _cluster.Outbox.FailEvents(isFailing: false);
        }

        var again = await TestCluster.RetryAsync(() => channel.PublishAsync("a"));

        Assert.Equal(1, again.Position.Offset);
        await _cluster.Receivers.UntilAsync(HookCluster.Ours, channel.Name, 1);
        Assert.Equal(["a"], IdsOf(channel).Distinct());
    }

    /// <summary>Where nobody could know later what was told, nothing is numbered.</summary>
    [Fact]
    public async Task Should_number_nothing_while_the_outbox_knows_nothing_of_the_channel()
    {
        var channel = Channel.New(_cluster, "user:*:notifications");
        _cluster.Outbox.Fail();
        try
        {
            Assert.Equal(RefusalCode.NotReady, (await channel.Grain.PublishAsync(Channel.Request("a"))).Refusal!.Code);
        }
        finally
        {
            _cluster.Outbox.Fail(isFailing: false);
        }

        Assert.Equal(0, (await channel.HeadAsync()).Offset);
    }

    [Fact]
    public async Task Should_take_along_what_it_has_to_tell_where_it_moves_while_the_outbox_fails()
    {
        var room = Channel.New(_cluster, "room:*");
        var before = await room.HeadAsync();
        _cluster.Outbox.Fail();
        try
        {
            await EnterAsync(room, Guid.NewGuid(), "ada", "1");
            await _cluster.MigrateAsync(room.Grain);
            Assert.Equal(before.Epoch, (await room.HeadAsync()).Epoch);
        }
        finally
        {
            _cluster.Outbox.Fail(isFailing: false);
        }

        await TakenAsync(room, "member.joined");
        await TakenAsync(room, "channel.occupied");
        Assert.Single(EventsOf(room), "member.joined");
    }

    [Fact]
    public async Task Should_tell_a_member_as_joined_and_left_once_however_many_connections()
    {
        var room = Channel.New(_cluster, "room:*");
        var gateway = Guid.NewGuid();
        await EnterAsync(room, gateway, "ada", "1");
        await EnterAsync(room, gateway, "ada", "2");
        await TakenAsync(room, "member.joined");

        await room.Grain.LeaveAsync(new() { UserId = "ada", ConnectionId = "1" });
        await room.Grain.LeaveAsync(new() { UserId = "ada", ConnectionId = "2" });
        await TakenAsync(room, "member.left");

        var told = _cluster.Receivers.TakenOf(HookCluster.Ours, room.Name).Where(static one => one.GetProperty("event").GetString()!.StartsWith("member.", StringComparison.Ordinal)).ToList();
        Assert.Equal(["member.joined", "member.left"], told.Select(static one => one.GetProperty("event").GetString()));
        Assert.All(told, static one => Assert.Equal("ada", one.GetProperty("userId").GetString()));
        Assert.Equal(2, told.Select(static one => one.GetProperty("id").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task Should_tell_that_it_is_occupied_and_vacated_at_the_edges()
    {
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        await ReportAsync(first, 1);
        await ReportAsync(second, 5);
        await ReportAsync(first, 0);
        await ReportAsync(second, 0);
        await ReportAsync(first, 1);

        Assert.Equal(["channel.occupied", "channel.vacated", "channel.occupied"], await _cluster.Receivers.UntilAsync(HookCluster.Ours, _channel.Name, 3));
    }

    [Fact]
    public async Task Should_tell_that_it_is_vacated_where_its_only_gateway_goes_or_dies()
    {
        var (going, dying) = (Guid.NewGuid(), Guid.NewGuid());
        await ReportAsync(going, 1);
        await _channel.Grain.DetachLaneAsync(going);
        await _cluster.Receivers.UntilAsync(HookCluster.Ours, _channel.Name, 2);

        await ReportAsync(dying, 1);
        await _channel.AdvanceAsync(Lease + TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));

        Assert.Equal(["channel.occupied", "channel.vacated", "channel.occupied", "channel.vacated"], await _cluster.Receivers.UntilAsync(HookCluster.Ours, _channel.Name, 4));
    }

    /// <summary>Nobody asks for the channel: the silo that takes the place of the dead one does.</summary>
    [Fact]
    public async Task Should_tell_that_it_is_vacated_and_its_members_left_where_its_silo_died_and_nobody_came_back()
    {
        var room = Channel.New(_cluster, "room:*");
        await EnterAsync(room, Guid.NewGuid(), "ada", "1");
        await TakenAsync(room, "member.joined");
        await _channel.AdvanceAsync(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1));

        await _cluster.KillSiloOfAsync(room.Grain);

        await hooks.UntilAsync(() => EventsOf(room).Contains("channel.vacated"), TimeSpan.FromSeconds(1));
        await TakenAsync(room, "member.left");
    }

    private static async Task EnterAsync(Channel room, Guid gateway, string userId, string connectionId) =>
        Assert.Null((await room.Grain.EnterAsync(new PresenceEntry { UserId = userId, ConnectionId = connectionId, GatewayId = gateway })).Refusal);

    private Task ReportAsync(Guid gatewayId, int count) => _channel.Grain.ReportSubscribersAsync(new() { GatewayId = gatewayId, Count = count });

    private Task TakenAsync(Channel room, string happened) => hooks.UntilAsync(() => EventsOf(room).Contains(happened));

    private IEnumerable<string> EventsOf(Channel channel) =>
        _cluster.Receivers.TakenOf(HookCluster.Ours, channel.Name).Select(static one => one.GetProperty("event").GetString()!);

    private IEnumerable<string> IdsOf(Channel channel) =>
        _cluster.Receivers.TakenOf(HookCluster.Ours, channel.Name).Select(static one => one.GetProperty("publication").GetProperty("id").GetString()!);
}
