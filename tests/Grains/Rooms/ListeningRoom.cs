using System.Collections.Immutable;
using WhatsSound.Channels;
using WhatsSound.Presence;
using WhatsSound.Publications;
using WhatsSound.Queue;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Grains.Rooms;

/// <summary>A room of a cluster, in the words of tests.</summary>
internal sealed class ListeningRoom(TestCluster cluster, string id)
{
    /// <summary>Small enough that nothing that waits with a bound gives up in between.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<string, PresenceEntry> _connections = [];
    private int _commands;
    private long _sequence;

    public string Id => id;

    /// <summary>The gateway that all connections of the test come through.</summary>
    public Guid GatewayId { get; } = Guid.NewGuid();

    public IRoomGrain Grain { get; } = cluster.Grains.GetGrain<IRoomGrain>(RoomId.KeyOf(id));

    /// <summary>Who speaks.</summary>
    public IChatGrain Talk { get; } = cluster.Grains.GetGrain<IChatGrain>(RoomId.KeyOf(id));

    public IChannelGrain Main => ChannelOf(RoomId.KeyOf(id));

    public IChannelGrain Chat => ChannelOf(RoomId.ChatOf(id));

    public IChannelGrain Queue => ChannelOf(RoomId.QueueOf(id));

    public IChannelGrain Playback => ChannelOf(RoomId.PlaybackOf(id));

    /// <summary>A room that no other test uses, created, with its members here.</summary>
    public static async Task<ListeningRoom> OpenAsync(TestCluster cluster, string owner = "owner", params string[] members)
    {
        var room = new ListeningRoom(cluster, $"room-{Guid.NewGuid():N}");
        Done(await room.Grain.CreateAsync(room.Command(owner), new RoomSettings { Name = "A room" }));
        foreach (var user in (string[])[owner, .. members])
            await room.JoinAsync(user);
        return room;
    }

    public static T Done<T>(Answer<T> answer)
        where T : class
    {
        Assert.Null(answer.Refusal);
        return answer.Value!;
    }

    public static string? CodeOf<T>(Answer<T> answer)
        where T : class => answer.Refusal?.Code;

    public static Track Song(int number, int seconds = 180) =>
        new() { Url = $"https://music.example/{number}.mp3", Title = $"Song {number}", DurationMs = seconds * 1000 };

    public RoomCommand Command(string userId, string? commandId = null) =>
        new() { CommandId = commandId ?? $"c{Interlocked.Increment(ref _commands)}", UserId = userId, DisplayName = userId, Action = new JoinRoom() };

    /// <summary>A connection that the room's gateway holds from now on.</summary>
    public PresenceEntry Connection(string userId, string? connectionId = null)
    {
        var entry = new PresenceEntry { UserId = userId, ConnectionId = connectionId ?? $"{userId}-1", GatewayId = GatewayId, Sequence = ++_sequence };
        _connections[entry.ConnectionId] = entry;
        return entry;
    }

    /// <summary>The user's connection ends, as its gateway numbers it.</summary>
    public PresenceExit Exit(string userId)
    {
        Lose(userId);
        return new PresenceExit { UserId = userId, ConnectionId = $"{userId}-1", Sequence = ++_sequence };
    }

    /// <summary>The gateway holds this user's connection no more, and tells nobody.</summary>
    public void Lose(string userId) => _connections.Remove($"{userId}-1");

    public async Task<RoomSnapshot> JoinAsync(string userId) => Done(await Grain.JoinAsync(Command(userId), Connection(userId)));

    public async Task<RoomSnapshot> ReadAsync(string userId = "owner") => Done(await Grain.GetSnapshotAsync(userId));

    public async Task<ImmutableArray<string>> EnqueueAsync(string userId, params Track[] tracks) =>
        Done(await Grain.EnqueueAsync(Command(userId), [.. tracks])).EntryIds;

    /// <summary>Asks the chat for something, under an id that nothing else has.</summary>
    public Task<Answer<RoomReceipt>> TalkAsync(string userId, RoomAction action) => Talk.ActAsync(Command(userId) with { Action = action });

    /// <summary>Says something, and answers its number.</summary>
    public async Task<long> SayAsync(string userId, string text) => Done(await TalkAsync(userId, new SendChat { Text = text })).Position!.Value.Offset;

    /// <summary>What the chat shows to a member.</summary>
    public async Task<ChatPage> PageAsync(string userId, long? before = null, long? after = null, int max = 100) =>
        Done(await Talk.GetPageAsync(userId, new ChatPageRequest { Before = before, After = after, CountMax = max }));

    public static ChatMessage MessageOf(Publication publication) => publication.Data.Read(WireJson.Default.ChatMessage)!;

    public async Task LeaveAsync(string userId)
    {
        Done(await Grain.LeaveAsync(Command(userId), $"{userId}-1"));
        Lose(userId);
    }

    /// <summary>Answered after all that came before it, timers included.</summary>
    public Task BarrierAsync() => Grain.GetSnapshotAsync("nobody");

    /// <summary>Lets time pass, and the room's gateway renew what it holds.</summary>
    public Task AdvanceAsync(TimeSpan by) => cluster.AdvanceAsync(by, Step, async () =>
    {
        await RenewAsync();
        await BarrierAsync();
    });

    /// <summary>As a gateway does: what its renewal shows to be different is made the same.</summary>
    public async Task RenewAsync()
    {
        var digest = _connections.Values.Aggregate(0UL, static (digest, entry) => digest ^ ConnectionDigest.Of(entry));
        var named = new ConnectionSet { Count = _connections.Count, Digest = digest, UpTo = _sequence };
        var answer = await Main.RenewAsync(new GatewayLease { GatewayId = GatewayId, ConnectionCount = named.Count, Connections = named });
        if (!answer.PresenceKnown)
            await Main.ReconcileAsync(new PresenceRoll { GatewayId = GatewayId, After = 0, UpTo = _sequence, Entries = [.. _connections.Values] });
    }

    /// <summary>The newest publications of a channel, oldest first.</summary>
    public static async Task<ImmutableArray<Publication>> SaidAsync(IChannelGrain channel) =>
        (await channel.RecoverAsync(new RecoverRequest { RewindCount = 100 })).Publications;

    private IChannelGrain ChannelOf(string name) => cluster.Grains.GetChannel(name);
}
