using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>Who makes a room, and who gets in.</summary>
internal static class LifeRules
{
    public static RoomDecision Create(RoomTurn turn, RoomSettings? settings)
    {
        if (!RoomId.IsValid(turn.RoomId))
            return Refusals.WrongField("roomId", $"must be {RoomId.Form}");
        if (turn.Found is { } room)
            return Refusals.Final(RefusalCode.RoomNameTaken, room.OwnerUserId == turn.UserId ? Own(room) : $"The room '{turn.RoomId}' belongs to somebody else.", turn.RoomId);
        if (SettingsRules.Check(settings, turn.Moment.Options) is { } refusal)
            return refusal;
        var draft = new RoomDraft(null);
        draft.Add(new RoomCreated(turn.RoomId, settings! with { HasPassword = false }, turn.UserId, turn.NowMs));
        return draft.ToDecision();
    }

    /// <summary>Nothing of what was asked for would be so: the room keeps its settings, and stays closed.</summary>
    private static string Own(Room room) => room.ClosedAtMs is null ? $"You have the room '{room.RoomId}' already." : $"You have the room '{room.RoomId}' already; it is closed, and can be opened again.";

    /// <summary>Up to how many connected members this user gets in as a newcomer; 0: no bound of the room's, for those who run it and keep order.</summary>
    public static int MembersMaxFor(Room room, string userId, RoomOptions options) =>
        RoleLadder.RankOf(room, userId) >= RoleLadder.RankOf(RoomRole.Moderator) ? 0 : Math.Min(room.Settings.MembersMax ?? options.MembersMax, options.MembersMax);

    /// <summary>What it means for a join that presence refused it.</summary>
    public static Refusal OfJoin(Refusal refusal, int membersMax) => refusal.Code == RefusalCode.ConnectionLimit && membersMax > 0
        ? Refusals.Limit(RefusalCode.RoomFull, $"The room takes {membersMax} members.", membersMax)
        : refusal;
}
