using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>What the room says of a member to its chat.</summary>
internal static class ChatStandings
{
    /// <param name="turn">The member's.</param>
    /// <param name="question">What they want.</param>
    public static Answer<ChatStanding> Of(RoomTurn turn, ChatQuestion question)
    {
        var room = turn.Room;
        if (Refuse(turn, question.Act) is { } refusal)
            return refusal;
        return new ChatStanding
        {
            Revision = room.Revision,
            IsShadowMuted = room.Settings.AllowsShadowMute && Sanctions.Find(room, turn.UserId, SanctionKind.ShadowMute, turn.NowMs) is not null,
            SlowModeSeconds = RoomPermissions.Allow(room, turn.UserId, RoomPermission.IgnoreSlowMode) ? 0 : room.Settings.SlowModeSeconds,
            LinksRefusal = RoomPermissions.Check(room, turn.UserId, RoomPermission.PostLinks),
            EveryoneRefusal = RoomPermissions.Check(room, turn.UserId, RoomPermission.MentionEveryone),
            StrangerId = question.Mentions.FirstOrDefault(userId => !turn.Moment.Attendance.IsPresent(userId)),
            DeleteRefusal = RefuseToDelete(turn, question.OfUserId),
            MembersCount = turn.Moment.Attendance.Members.Count,
            EntryId = room.Current?.EntryId,
        };
    }

    /// <summary>Whether others may speak after this than before: then nothing that was allowed before may come after it.</summary>
    public static bool AreOthersAfter(RoomEvent happened) =>
        happened is SanctionApplied or RoleGranted or RoleRevoked or OwnerChanged or HostNamed or PermissionSet or SettingsChanged or RoomClosed;

    private static Refusal? Refuse(RoomTurn turn, ChatAct act) => act switch
    {
        ChatAct.Say => turn.Check(RoomPermission.Chat),
        ChatAct.React => SanctionRules.RefuseToSpeak(turn.Room, turn.UserId, turn.NowMs) ?? RoomPermissions.Check(turn.Room, turn.UserId, RoomPermission.React),
        ChatAct.Delete => SanctionRules.RefuseToAct(turn.Room, turn.UserId, turn.NowMs),
        _ => null,
    };

    /// <summary>Nobody acts on an equal or superior; one's own message is never too high.</summary>
    private static Refusal? RefuseToDelete(RoomTurn turn, string? ofUserId) =>
        RoomPermissions.Check(turn.Room, turn.UserId, RoomPermission.DeleteMessages)
        ?? (ofUserId is null || ofUserId == turn.UserId ? null : RoleLadder.CheckAbove(turn.Room, turn.UserId, ofUserId));
}
