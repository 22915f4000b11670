using System.Collections.Immutable;
using WhatsSound.Rooms;
using WhatsSound.Users;

namespace WhatsSound.Grains.Users;

/// <summary>
/// A user's rooms, and what the user may have of them. Bounded by the options: places by refusing, closed rooms and visits by forgetting the oldest. Immutable; decides without asking anybody.
/// </summary>
internal sealed record UserRoomsState
{
    private const int SchemaNow = 1;

    /// <summary>How many closed rooms are remembered.</summary>
    private const int ClosedMax = 50;

    /// <summary>How many open rooms are remembered: rooms of a version that did not count them may be more than a user may have.</summary>
    private const int OpenMax = 1_000;

    private const long HourMs = 60 * 60 * 1000;

    public int Schema { get; init; } = SchemaNow;

    /// <summary>The newest last.</summary>
    public ImmutableArray<OwnedRoom> Owned { get; init; } = [];

    /// <summary>Of the last hour.</summary>
    public ImmutableArray<CreatedRoom> Created { get; init; } = [];

    /// <summary>The last first.</summary>
    public ImmutableArray<VisitedRoom> Visited { get; init; } = [];

    private int OpenCount => Owned.Count(static room => room.Status == UserRoomStatus.Open);

    /// <summary>The state in today's schema.</summary>
    public UserRoomsState Upgrade() => Schema switch
    {
        SchemaNow => this,
        _ => throw new NotSupportedException($"Rooms of a user of schema {Schema}; this program knows {SchemaNow}."),
    };

    /// <summary>The state with a place for the room, or why there is none. A room that has one takes no other.</summary>
    public (UserRoomsState? Next, Refusal? Refusal) Take(RoomClaim claim, UserOptions options, long nowMs)
    {
        if (Find(claim.RoomId) is { Status: UserRoomStatus.Open })
            return (With(claim, nowMs), null);
        if (OpenCount >= options.RoomsOwnedMax)
            return (null, Refusals.Limit(RefusalCode.UserQuota, $"A user may own {options.RoomsOwnedMax} open rooms.", options.RoomsOwnedMax));
        if (!claim.IsNew)
            return (With(claim, nowMs), null);
        var lately = Created.RemoveAll(created => created.AtMs <= nowMs - HourMs);
        if (lately.Length >= options.RoomsPerHourMax)
            return (null, Refusals.TooOften("rooms", $"A user may create {options.RoomsPerHourMax} rooms an hour.", TimeSpan.FromMilliseconds(lately[0].AtMs + HourMs - nowMs)));
        return (With(claim, nowMs) with { Created = lately.Add(new CreatedRoom(claim.RoomId, nowMs)) }, null);
    }

    /// <summary>The room was not created: it is as if it had never been asked for.</summary>
    public UserRoomsState Cancel(string roomId, long revision) =>
        Find(roomId)?.Revision <= revision ? Without(roomId) with { Created = Created.RemoveAll(created => created.RoomId == roomId) } : this;

    /// <summary>The room is somebody else's.</summary>
    public UserRoomsState Part(string roomId, long revision) => Find(roomId)?.Revision <= revision ? Without(roomId) : this;

    /// <summary>The room is so, whatever the bounds: it says it itself.</summary>
    public UserRoomsState Tell(RoomClaim claim, long nowMs) => Find(claim.RoomId)?.Revision > claim.Revision ? this : With(claim, nowMs);

    /// <summary>What a room answered that was asked. A place for a room that is not there is kept for a while: it may be on its way.</summary>
    public UserRoomsState Heard(string userId, string roomId, RoomOwnership ownership, long keptSinceMs, long nowMs)
    {
        if (Find(roomId) is not { } room)
            return this;
        if (ownership.Claim is { } claim && ownership.OwnerUserId == userId)
            return Tell(claim, nowMs);
        return room.AtMs > keptSinceMs ? this : Without(roomId);
    }

    public UserRoomsState Visit(string roomId, string name, int visitedMax, long atMs) => this with
    {
        Visited = [.. Visited.Where(visited => visited.RoomId != roomId).Prepend(new VisitedRoom(roomId, name, atMs)).OrderByDescending(static visited => visited.AtMs).Take(visitedMax)],
    };

    public UserRooms ToView(UserOptions options) => new()
    {
        Owned = [.. Owned.Reverse().OrderBy(static room => room.Status == UserRoomStatus.Open ? 0 : 1).Select(static room => room.ToView())],
        OwnedMax = options.RoomsOwnedMax,
        Joined = [.. Visited.Select(static room => room.ToView())],
    };

    private OwnedRoom? Find(string roomId) => Owned.FirstOrDefault(room => room.RoomId == roomId);

    private UserRoomsState Without(string roomId) => this with { Owned = Owned.RemoveAll(room => room.RoomId == roomId) };

    private UserRoomsState With(RoomClaim claim, long nowMs)
    {
        var known = Find(claim.RoomId);
        var room = new OwnedRoom
        {
            RoomId = claim.RoomId, Name = claim.Name, Revision = claim.Revision, Status = claim.Status, AtMs = known is not null && known.Status == claim.Status ? known.AtMs : nowMs,
        };
        if (known == room)
            return this;
        var owned = known is null ? Owned.Add(room) : Owned.Replace(known, room);
        return this with { Owned = Bounded(Bounded(owned, isOpen: true, OpenMax), isOpen: false, ClosedMax) };
    }

    private static ImmutableArray<OwnedRoom> Bounded(ImmutableArray<OwnedRoom> owned, bool isOpen, int max)
    {
        var some = owned.Where(room => room.Status == UserRoomStatus.Open == isOpen).ToList();
        return some.Count <= max ? owned : owned.Remove(some[0]);
    }
}
