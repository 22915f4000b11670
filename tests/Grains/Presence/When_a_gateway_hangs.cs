using WhatsSound.Channels;
using WhatsSound.Presence;
using WhatsSound.Publications;
using WhatsSound.Tests.Grains.Channels;
using WhatsSound.Tests.Grains.Streams;

namespace WhatsSound.Tests.Grains.Presence;

/// <summary>
/// A gateway hangs: it renews nothing, and its clients hear nothing, until they find out and come back on another one. Nobody has left, and nobody comes.
/// </summary>
[Collection(ClusterTests.Name)]
public sealed class When_a_gateway_hangs
{
    // SignalR's clients wait for twice the 15 s between two pings of the server. One that meets the gateway again gives it up after 15 s, and its next try is 2 s later.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Reconnect = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan RenewInterval = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);

    private readonly Channel _channel;
    private readonly RenewingGateway _hanging;
    private readonly RenewingGateway _other;
    private readonly Members _members;
    private readonly List<PresenceChanged> _told = [];
    private Position? _toldUpTo;

    public When_a_gateway_hangs(TestCluster cluster)
    {
        _channel = Channel.New(cluster, "room:*");
        _members = new(_channel);
        _hanging = new(cluster, _channel);
        _other = new(cluster, _channel);
    }

    [Fact]
    public async Task Should_tell_nothing_of_members_who_come_back_on_another_gateway()
    {
        await EnterOnHangingAsync("ann", "bob");
        await EnterElsewhereAsync("cem");
        await PassAsync(RenewInterval + Silence + Reconnect);

        await EnterElsewhereAsync("ann", "bob");
        await PassAsync(Long);

        await AssertNothingToldAsync("ann", "bob", "cem");
    }

    [Fact]
    public async Task Should_tell_nothing_when_it_goes_on_and_finds_its_sockets_closed()
    {
        await EnterOnHangingAsync("ann", "bob");
        await PassAsync(RenewInterval + Silence + Reconnect);
        await EnterElsewhereAsync("ann", "bob");

        await _hanging.RenewAsync();
        await _hanging.LoseAsync("ann", "1");
        await _hanging.LoseAsync("bob", "1");
        await PassAsync(Long);

        await AssertNothingToldAsync("ann", "bob");
    }

    private async Task EnterOnHangingAsync(params string[] userIds)
    {
        await _hanging.AttachAsync();
        foreach (var userId in userIds)
            await _hanging.EnterAsync(userId, "1");
        await _channel.AdvanceAsync(RenewInterval, Members.Tick);
        await _hanging.RenewAsync();
    }

    private async Task EnterElsewhereAsync(params string[] userIds)
    {
        await _other.AttachAsync();
        foreach (var userId in userIds)
            await _other.EnterAsync(userId, "2");
    }

    /// <summary>Lets time pass, in which the other gateway renews what it holds, and hears what is told.</summary>
    private async Task PassAsync(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += RenewInterval)
        {
            await _other.RenewAsync();
            await _channel.AdvanceAsync(time - passed < RenewInterval ? time - passed : RenewInterval, Members.Tick);
        }

        var heard = await _channel.RecoverAsync(_toldUpTo ?? await _channel.HeadAsync() with { Offset = 0 });
        Assert.Equal(Verdict.Recovered, heard.Verdict);
        _told.AddRange(heard.Publications.Select(publication => publication.Data.Read(WireJson.Default.PresenceChanged)!));
        _toldUpTo = heard.Position;
    }

    /// <summary>Everybody is here, and was told as come once and as gone never.</summary>
    private async Task AssertNothingToldAsync(params string[] userIds)
    {
        Assert.Empty(_told.SelectMany(change => change.Left));
        Assert.Equal(userIds, _told.SelectMany(change => change.Joined).Select(member => member.UserId).Order(StringComparer.Ordinal));
        Assert.Equal(userIds, (await _members.NamesAsync()).Order(StringComparer.Ordinal));
    }
}
