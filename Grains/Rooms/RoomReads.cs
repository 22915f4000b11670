using WhatsSound.Grains.Queue.Commands;
using WhatsSound.Grains.Queue.Reading;
using WhatsSound.Playback;
using WhatsSound.Queue;
using WhatsSound.Rooms;
using WhatsSound.Users;

namespace WhatsSound.Grains.Rooms;

/// <summary>What is read of a room beside its snapshot: pages of the queue and of what was played, records, whose it is, and what somebody may do in its chat. It changes nothing.</summary>
internal sealed class RoomReads(RoomStore store, RoomWriter writer, RoomMembers members, RoomAccess access, RoomAnswers answers, PlaysReading plays, IRoomClock clock)
{
    private Room? Room => store.Room;

    public Answer<QueuePage> ReadQueue(string userId, string? cursor, int count) =>
        access.Refuse(userId) is { } refusal ? refusal : QueuePages.Read(Room!.Queue, cursor, count);

    public Answer<FallbackPage> ReadFallback(string userId, int from, int count) =>
        access.Refuse(userId) is { } refusal ? refusal : FallbackPages.Read(Room!.Queue.Fallback, from, count);

    public Answer<PlaceReason> ReadPlaceReason(string userId, string entryId)
    {
        if ((access.Refuse(userId) ?? CommandRules.CheckEntryId(entryId)) is { } refusal)
            return refusal;
        return PlaceReasons.Of(Room!.Queue, entryId) is { } reason ? reason : SongRefusals.EntryNotFound(entryId);
    }

    public async Task<Answer<RoomPlaysPage>> ReadPlaysAsync(string userId, RoomPlaysRequest request)
    {
        if (PlaysReading.Check(request) is { } malformed)
            return malformed;
        var refusal = !request.IsExport
            ? access.Refuse(userId)
            : CommandRules.CheckUserId("userId", userId) ?? (Room is null ? access.NotFound() : writer.TurnOf(userId).Check(RoomPermission.SeeRecords));
        return refusal is not null ? refusal : await plays.ReadAsync(Room!, request);
    }

    public async Task<Answer<RoomStatistics>> ReadStatisticsAsync(string userId) => access.Refuse(userId) is { } refusal ? refusal : await plays.ReadStatisticsAsync();

    public Answer<RoomRecords> ReadRecords(string userId, RoomRecordsRequest request)
    {
        if (CommandRules.CheckUserId("userId", userId) is { } malformed)
            return malformed;
        if (request is null || request.CountMax is < 1 or > ModerationViews.CountMax)
            return Refusals.WrongField("max", $"must be 1 to {ModerationViews.CountMax}");
        if (Room is not { } room)
            return access.NotFound();
        return (access.CheckMember(userId) ?? writer.TurnOf(userId).Check(RoomPermission.SeeRecords)) is { } refusal
            ? refusal
            : ModerationViews.Read(room, userId, request, clock.NowMs);
    }

    public RoomOwnership ReadOwnership()
    {
        if (Room is not { } room)
        {
            access.NotFound();
            return new RoomOwnership();
        }

        var claim = OwnerPlace.ClaimOf(room);
        return new RoomOwnership { OwnerUserId = room.OwnerUserId, Claim = writer.IsToClose ? claim with { Status = UserRoomStatus.Archived } : claim };
    }

    public Answer<ChatStanding> ReadChatStanding(ChatQuestion question)
    {
        if (Room is not { } room)
            return access.NotFound();
        if (question.Act == ChatAct.Recall)
            return new ChatStanding { Revision = room.Revision };
        if (question is { Command: { } asked, Print: { } asking } && answers.Find(asked, asking) is { IsRefused: true, Refusal: var conflict })
            return conflict;
        if (access.CheckMember(question.UserId) is { } notMember)
            return notMember;
        if (question.Act != ChatAct.Read)
            members.Saw(question.UserId);
        var standing = ChatStandings.Of(writer.TurnOf(question.UserId), question);
        if (!standing.IsRefused && question is { Command: { } command, Print: { } print })
            answers.LeaveToChat(command, print, new RoomReceipt { Revision = room.Revision });
        return standing;
    }
}
