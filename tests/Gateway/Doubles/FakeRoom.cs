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

    /// <summary>The answer to a join; null: done.</summary>
    public Refusal? JoinRefusal { get; set; }

    /// <summary>What a join and a leave wait for.</summary>
    public Task Hold { get; set; } = Task.CompletedTask;

    public List<PresenceExit> Exits { get; } = [];

    /// <summary>What was asked of it.</summary>
    public List<RoomCommand> Acted { get; } = [];

    public async Task<Answer<RoomSnapshot>> JoinAsync(RoomCommand command, PresenceEntry entry)
    {
        await Hold;
        return JoinRefusal is { } refusal ? refusal : Snapshot();
    }

    public Task<Answer<RoomSnapshot>> GetSnapshotAsync(string userId) =>
        Task.FromResult<Answer<RoomSnapshot>>(SnapshotRefusal is { } refusal ? refusal : Snapshot());

    public async Task<Answer<RoomReceipt>> LeaveAsync(RoomCommand command, PresenceExit exit)
    {
        Exits.Add(exit);
        await Hold;
        return LeaveRefusal is { } refusal ? refusal : new RoomReceipt { Revision = 1 };
    }

    public Task<Answer<RoomReceipt>> ActAsync(RoomCommand command)
    {
        Acted.Add(command);
        return Task.FromResult<Answer<RoomReceipt>>(new RoomReceipt { Revision = 1 });
    }

    public Task<Answer<FallbackPage>> GetFallbackAsync(string userId, int from, int count) => throw new NotSupportedException();

    public Task<Answer<RoomPlaysPage>> GetPlaysAsync(string userId, RoomPlaysRequest request) => throw new NotSupportedException();

    public Task<Answer<RoomStatistics>> GetStatisticsAsync(string userId) => throw new NotSupportedException();

    public Task<RoomOwnership> GetOwnershipAsync() => throw new NotSupportedException();

    public Task<Answer<RoomReceipt>> SayAsync(RoomCommand command) => throw new NotSupportedException();

    public Task<Answer<QueuePage>> GetQueuePageAsync(string userId, string? cursor, int count) => throw new NotSupportedException();

    public Task<Answer<PlaceReason>> GetPlaceReasonAsync(string userId, string entryId) => throw new NotSupportedException();

    public Task<Answer<Done>> ReportAsync(string userId, RoomAction report) => throw new NotSupportedException();

    public Task<Answer<RoomRecords>> ReadRecordsAsync(string userId, RoomRecordsRequest request) => throw new NotSupportedException();

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
