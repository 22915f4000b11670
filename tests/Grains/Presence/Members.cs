using System.Text;
using WhatsSound.Presence;
using WhatsSound.Tests.Grains.Channels;

namespace WhatsSound.Tests.Grains.Presence;

/// <summary>The members of a channel, in the words of tests.</summary>
internal sealed class Members(Channel channel)
{
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    public Guid GatewayId { get; } = Guid.NewGuid();

    public async Task<PresenceView> EnterAsync(string userId, string connection = "1", Guid? gatewayId = null, string? info = null, string? displayName = null)
    {
        var answer = await channel.Grain.EnterAsync(Entry(userId, connection, gatewayId ?? GatewayId, info) with { DisplayName = displayName });
        Assert.Null(answer.Refusal);
        return answer.Value!;
    }

    public Task LeaveAsync(string userId, string connection = "1") =>
        channel.Grain.LeaveAsync(new() { UserId = userId, ConnectionId = $"{userId}/{connection}" });

    public Task LoseAsync(string userId, string connection = "1") =>
        channel.Grain.LeaveAsync(new() { UserId = userId, ConnectionId = $"{userId}/{connection}", Abrupt = true });

    public async Task<IEnumerable<string>> NamesAsync() => (await channel.Grain.ReadPresenceAsync()).Members.Select(member => member.UserId);

    /// <summary>What presence publications have told so far.</summary>
    public async Task<IReadOnlyList<PresenceChanged>> ToldAsync()
    {
        var recovery = await channel.Grain.RecoverAsync(new() { RewindCount = 100 });
        return [.. recovery.Publications
            .Where(publication => publication.Event == PresenceChanged.EventName)
            .Select(publication => publication.Data.Read(WireJson.Default.PresenceChanged)!)
            .Where(change => change.Summary is not null || change.IsComplete || !(change.Joined.IsEmpty && change.Left.IsEmpty && change.Updated.IsEmpty))];
    }

    public static PresenceEntry Entry(string userId, string connection, Guid gatewayId, string? info = null) => new()
    {
        UserId = userId,
        ConnectionId = $"{userId}/{connection}",
        GatewayId = gatewayId,
        Info = new(Encoding.UTF8.GetBytes(info ?? "{}")),
    };
}
