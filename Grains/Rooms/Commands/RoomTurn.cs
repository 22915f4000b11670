namespace WhatsSound.Grains.Rooms;

/// <summary>What a decision may look at beside the action itself: the room as it is, who asks, and the moment.</summary>
/// <param name="RoomId">The room's id, also before there is a room.</param>
/// <param name="Found">The room; null before it is created.</param>
/// <param name="UserId">Who asks.</param>
/// <param name="DisplayName">What they are called.</param>
/// <param name="Moment">Now, who is here, and the limits.</param>
/// <param name="NewId">Makes an id that nothing else has.</param>
internal sealed record RoomTurn(string RoomId, Room? Found, string UserId, string? DisplayName, RoomMoment Moment, Func<string> NewId)
{
    public Room Room => Found ?? throw new InvalidOperationException("The room was not created.");

    public long NowMs => Moment.NowMs;

    /// <summary>Null, or why the user may not.</summary>
    public Refusal? Check(RoomPermission permission) =>
        SanctionRules.RefusePermission(Room, UserId, permission, NowMs) ?? LockRules.Refuse(Room, UserId, permission) ?? RoomPermissions.Check(Room, UserId, permission);

    /// <summary>Whether somebody is in the room, and not on their way out of it.</summary>
    public bool IsHere(string userId) => Moment.Attendance.IsPresent(userId) && !Moment.IsKicked(userId) && !Sanctions.IsOut(Room, userId, NowMs);

    /// <summary>What was asked for is so already.</summary>
    public RoomDecision Nothing() => new RoomDraft(Room).ToDecision();

    /// <summary>This happens, and what follows from it by itself: the next song, a host, a skip.</summary>
    public RoomDecision Decide(RoomEvent happened)
    {
        var draft = new RoomDraft(Room);
        draft.Add(happened);
        return Conclude(draft);
    }

    /// <summary>What was drafted happens, and what follows from it by itself.</summary>
    public RoomDecision Conclude(RoomDraft draft)
    {
        RoomCourse.Continue(draft, Moment);
        return draft.ToDecision();
    }
}
