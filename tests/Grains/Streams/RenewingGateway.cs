using WhatsSound.Presence;
using WhatsSound.Streams;
using WhatsSound.Tests.Grains.Channels;

namespace WhatsSound.Tests.Grains.Streams;

/// <summary>
/// A gateway that holds connections in one channel and renews as the product's do: numbered, compared by name, and at the lane as long as nothing happens.
/// </summary>
internal sealed class RenewingGateway(TestCluster cluster, Channel channel)
{
    private readonly TestGateway _receiver = new();
    private readonly Dictionary<string, PresenceEntry> _entries = [];
    private long _last;
    private long _renewal;
    private LanePlace? _standing;

    public Guid Id => _receiver.Id;

    /// <summary>How often the channel itself was asked.</summary>
    public int ChannelRenewals { get; private set; }

    public Task AttachAsync() => channel.AttachAsync(_receiver);

    public async Task EnterAsync(string userId, string connection)
    {
        var entry = new PresenceEntry { UserId = userId, ConnectionId = $"{userId}/{connection}", GatewayId = Id, Sequence = ++_last };
        _standing = null;
        Assert.Null((await channel.Grain.EnterAsync(entry)).Refusal);
        _entries[entry.ConnectionId] = entry;
    }

    public Task LoseAsync(string userId, string connection)
    {
        _standing = null;
        _entries.Remove($"{userId}/{connection}");
        return channel.Grain.LeaveAsync(new() { UserId = userId, ConnectionId = $"{userId}/{connection}", Abrupt = true, Sequence = ++_last });
    }

    /// <summary>A renewal of the lane, if that is all there is to say, and of the channel, if there is more.</summary>
    public async Task RenewAsync()
    {
        if (_standing is { } place)
        {
            var (count, digest) = StandingDigest.Of([_renewal], _renewal);
            var renewed = await cluster.Grains.GetGrain<ILanesGrain>(ILanesGrain.KeyOf(place.Silo)).RenewAsync(
                new() { GatewayId = Id, LaneId = place.LaneId, UpTo = _renewal, Count = count, Digest = digest });
            if (renewed is { IsKnown: true, Ended.IsEmpty: true })
                return;
        }

        ChannelRenewals++;
        var answer = await channel.Grain.RenewAsync(new()
        {
            GatewayId = Id,
            ConnectionCount = _entries.Count,
            Connections = new() { Count = _entries.Count, Digest = _entries.Values.Aggregate(0UL, static (digest, entry) => digest ^ ConnectionDigest.Of(entry)), UpTo = _last },
            Number = ++_renewal,
        });
        Assert.True(answer.PresenceKnown);
        _standing = answer.Standing;
    }
}
