using System.Collections.Immutable;
using WhatsSound.Playback;
using WhatsSound.Presence;
using WhatsSound.Publications;
using WhatsSound.Queue;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Gateway.Doubles;

/// <summary>A room that can be joined: it answers the snapshot that a test gives it.</summary>
internal sealed class FakeRoom(string roomId) : IRoomGrain
{
    /// <summary>The positions of the snapshot, by channel.</summary>
    public ImmutableDictionary<string, Position> Positions { get; set; } =
        RoomId.ChannelsOf(roomId).ToImmutableDictionary(static name => name, static _ => new Position("e1", 0));

    /// <summary>The answer to whoever asks for a snapshot, but not to whoever joins; null: the snapshot.</summary>
    public Refusal? SnapshotRefusal { get; set; }

    /// <summary>The answer to a leave; null: done.</summary>
    public Refusal? LeaveRefusal { get; set; }

    public Task<Answer<RoomSnapshot>> JoinAsync(RoomCommand command, PresenceEntry entry) => Task.FromResult<Answer<RoomSnapshot>>(Snapshot());

    public Task<Answer<RoomSnapshot>> GetSnapshotAsync(string userId) =>
        Task.FromResult<Answer<RoomSnapshot>>(SnapshotRefusal is { } refusal ? refusal : Snapshot());

    public Task<Answer<RoomReceipt>> LeaveAsync(RoomCommand command, string connectionId) =>
        Task.FromResult<Answer<RoomReceipt>>(LeaveRefusal is { } refusal ? refusal : new RoomReceipt { Revision = 1 });

    public Task<Answer<RoomReceipt>> CreateAsync(RoomCommand command, RoomSettings settings) => throw new NotSupportedException();

    public Task<Answer<RoomReceipt>> SendChatAsync(RoomCommand command, string text) => throw new NotSupportedException();

    public Task<Answer<RoomReceipt>> EnqueueAsync(RoomCommand command, ImmutableArray<Track> tracks) => throw new NotSupportedException();

    public Task<Answer<RoomReceipt>> RemoveEntryAsync(RoomCommand command, string entryId) => throw new NotSupportedException();

    public Task<Answer<RoomReceipt>> VoteAsync(RoomCommand command, string entryId, int value) => throw new NotSupportedException();

    public Task<Answer<RoomReceipt>> VoteSkipAsync(RoomCommand command, string entryId, bool isOn) => throw new NotSupportedException();

    public Task<Answer<RoomReceipt>> PlayAsync(RoomCommand command) => throw new NotSupportedException();

    public Task<Answer<RoomReceipt>> PauseAsync(RoomCommand command) => throw new NotSupportedException();

    public Task<Answer<RoomReceipt>> SeekAsync(RoomCommand command, string entryId, long positionMs) => throw new NotSupportedException();

    public Task<Answer<RoomReceipt>> SkipAsync(RoomCommand command, string entryId) => throw new NotSupportedException();

    public Task<Answer<Done>> ReportEndedAsync(string userId, string entryId) => throw new NotSupportedException();

    public Task<Answer<Done>> ReportHostPositionAsync(string userId, string entryId, long positionMs) => throw new NotSupportedException();

    public Task<Answer<RoomReceipt>> TransferHostAsync(RoomCommand command, string toUserId) => throw new NotSupportedException();

    public Task OnPresenceChangedAsync(PresenceDelta delta) => throw new NotSupportedException();

    private RoomSnapshot Snapshot() => new()
    {
        RoomId = roomId,
        Revision = 1,
        ServerTimeMs = 1,
        Settings = new RoomSettings { Name = roomId },
        OwnerUserId = "ada",
        MyRole = RoomRole.Listener,
        Playback = new PlaybackVector { Epoch = 1, Revision = 1, Status = PlaybackStatus.Idle, AnchorPositionMs = 0, AnchorTimeMs = 0, DurationMs = 0 },
        Queue = new QueueChanged { Revision = 1, Window = [], Total = 0, Reason = "snapshot" },
        MyVotes = ImmutableDictionary<string, int>.Empty,
        History = [],
        Chat = [],
        ChatHasMore = false,
        Presence = new PresenceView { Total = 0, Members = [], IsComplete = true, ActiveLastMinute = 0, Position = new("e1", 0), Version = 1 },
        Skip = new SkipTally { Have = 0, Need = 1 },
        Positions = Positions,
    };
}
