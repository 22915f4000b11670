using WhatsSound.Playback;

namespace WhatsSound.Grains.Rooms;

/// <summary>Whether whoever asks is a member who may be here. Null means yes, in all of it.</summary>
/// <param name="roomId">The room, whether there is one or not.</param>
/// <param name="store">What the room is.</param>
/// <param name="members">Who is here.</param>
/// <param name="clock">Room time.</param>
/// <param name="wakeSoon">A room that sleeps may have missed that somebody came, and looks.</param>
/// <param name="deactivate">Nothing is kept for a room that does not exist.</param>
internal sealed class RoomAccess(string roomId, RoomStore store, RoomMembers members, IRoomClock clock, Action wakeSoon, Action deactivate)
{
    /// <summary>Null for a member of a room that exists.</summary>
    public Refusal? Refuse(string userId) =>
        CommandRules.CheckUserId("userId", userId) ?? (store.Room is null ? NotFound() : CheckMember(userId));

    /// <summary>Null for a member who may be here. Whoever is out by a sanction is not asked whether they are here: their exit may be on its way.</summary>
    public Refusal? CheckMember(string userId) => SanctionRules.RefuseEntry(store.Room!, userId, clock.NowMs) ?? ClosingRules.RefuseClosed(store.Room!) ?? CheckPresent(userId);

    /// <summary>Null for whoever is here.</summary>
    public Refusal? CheckPresent(string userId)
    {
        var refusal = members.Check(userId);
        if (refusal is not null)
            wakeSoon();
        return refusal;
    }

    public Refusal NotFound()
    {
        deactivate();
        return Refusals.Final(RefusalCode.RoomNotFound, $"There is no room '{roomId}'.", roomId);
    }
}
