using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using WhatsSound.Grains.Queue.Commands;
using WhatsSound.Grains.Queue.Songs;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>What members do with the queue.</summary>
internal static class QueueActions
{
    public static IReadOnlyList<ActionRule> All { get; } =
    [
        ActionRule.Of<Enqueue>(
            static action => CommandPrint.Of("enqueue", action.Tracks),
            RoomPermission.AddSongs,
            static (turn, action) => Enqueue(turn, action)),

        ActionRule.Of<RemoveEntry>(
            static action => CommandPrint.Of("removeEntry", action.EntryId),
            permission: null,
            static (turn, action) => QueueTurns.Decide(turn, new RemoveSong(action.EntryId)),
            static action => CommandRules.CheckEntryId(action.EntryId)),

        ActionRule.Of<MoveEntry>(
            static action => CommandPrint.Of("moveEntry", action.EntryId, action.BeforeEntryId),
            permission: null,
            static (turn, action) => QueueTurns.Decide(turn, new MoveSong(action.EntryId, action.BeforeEntryId)),
            static action => CommandRules.CheckEntryId(action.EntryId)
                ?? (action.BeforeEntryId is { } before ? CommandRules.CheckId("beforeEntryId", before) : null)),

        ActionRule.Of<PinEntry>(
            static action => CommandPrint.Of("pinEntry", action.EntryId),
            RoomPermission.PinSongs,
            static (turn, action) => QueueTurns.Decide(turn, new PinSong(action.EntryId, IsOn: true)),
            static action => CommandRules.CheckEntryId(action.EntryId)),

        ActionRule.Of<UnpinEntry>(
            static action => CommandPrint.Of("unpinEntry", action.EntryId),
            permission: null,
            static (turn, action) => QueueTurns.Decide(turn, new PinSong(action.EntryId, IsOn: false)),
            static action => CommandRules.CheckEntryId(action.EntryId)),

        ActionRule.Of<ClearQueue>(
            static action => CommandPrint.Of("clearQueue", action.UserId),
            permission: null,
            static (turn, action) => QueueTurns.Decide(turn, new ClearSongs(action.UserId)),
            static action => CheckOwner(action.UserId)),

        ActionRule.Of<ShuffleQueue>(
            static action => CommandPrint.Of("shuffleQueue", action.UserId),
            permission: null,
            static (turn, action) => QueueTurns.Decide(turn, new ShuffleSongs(SeedOf(turn.NewId()), action.UserId)),
            static action => CheckOwner(action.UserId)),

        ActionRule.Of<Undo>(
            static action => CommandPrint.Of("undo", null, action.Operation),
            permission: null,
            static (turn, action) => QueueTurns.Decide(turn, new UndoOperation(action.Operation))),

        ActionRule.Of<SetFallback>(
            static action => CommandPrint.Of("setFallback", action.Tracks),
            RoomPermission.ManageQueue,
            static (turn, action) => QueueTurns.Decide(turn, new SetFallbackTracks(action.Tracks))),

        ActionRule.Of<SetQueueMode>(
            QueueModeRules.Print,
            RoomPermission.ManageQueue,
            QueueModeRules.Decide,
            QueueModeRules.Check),

        ActionRule.Of<Vote>(
            static action => CommandPrint.Of("vote", action.EntryId, action.Value),
            RoomPermission.Vote,
            static (turn, action) => QueueTurns.Decide(turn, new VoteOnSong(action.EntryId, action.Value)),
            static action => CommandRules.CheckEntryId(action.EntryId)),
    ];

    private static Refusal? CheckOwner(string? userId) => userId is null ? null : CommandRules.CheckUserId("ofUserId", userId);

    /// <summary>What the room draws is an id; a seed follows from it, the same for the same id.</summary>
    private static long SeedOf(string id) => BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(id)));

    /// <summary>Each song is taken or refused for itself; where none is taken, the command is refused as the first one was.</summary>
    private static RoomDecision Enqueue(RoomTurn turn, Enqueue action)
    {
        if (action.Tracks.IsDefault)
            return Refusals.WrongField("tracks", "is missing");
        var decision = QueueTurns.Decide(turn, new AddSongs([.. action.Tracks.Select(track => new NewSong(turn.NewId(), track))]));
        return decision is { Refusal: null, EntryIds: [], Songs: { } songs } && songs[0].Refusal is { } first ? first : decision;
    }
}
