using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>Who gets a room from its owner: somebody who is here, and says yes in time. It is theirs with all that it costs, so nobody gets one without being asked.</summary>
internal static class OwnershipRules
{
    /// <summary>5 minutes: long enough to talk about it, and forgotten before anybody is surprised by it.</summary>
    private const long StandsMs = 5 * 60_000;

    public static RoomDecision Offer(RoomTurn turn, string toUserId)
    {
        if (turn.Room.OwnerUserId != turn.UserId)
            return RoleLadder.TooHigh(RoomRole.Owner);
        if (RoleLadder.CheckAbove(turn.Room, turn.UserId, toUserId) is { } refusal)
            return refusal;
        if (!turn.IsHere(toUserId))
            return Refusals.Final(RefusalCode.NotMember, "The user to give the room to is not in it.", toUserId);
        if (SanctionRules.RefuseToAct(turn.Room, toUserId, turn.NowMs) is { } mayNot)
            return Refusals.Final(RefusalCode.Forbidden, "The user to give the room to may do nothing in it for now.", mayNot.Code);

        // Whoever gives it away gets a role of those that are counted.
        return RoleRules.CheckCount(turn, toUserId) is { } full ? full : turn.Decide(new OwnershipOffered(toUserId, turn.NowMs + StandsMs, turn.UserId, turn.NowMs));
    }

    public static RoomDecision Accept(RoomTurn turn)
    {
        if (!IsOfferedTo(turn, turn.UserId))
            return NothingOffered();
        if (RoleRules.CheckCount(turn, turn.UserId) is { } full)
            return full;
        var draft = new RoomDraft(turn.Room);

        // Nobody stands above an owner: what is not lifted now, nobody could lift.
        foreach (var sanction in Sanctions.Of(turn.Room, turn.UserId, turn.NowMs))
            draft.Add(new SanctionLifted(turn.UserId, sanction.Kind, turn.Room.OwnerUserId, turn.NowMs));
        draft.Add(new OwnerChanged(turn.UserId, turn.Room.OwnerUserId, turn.NowMs));
        return turn.Conclude(draft);
    }

    /// <summary>Ends the offer, and nothing else: who says no keeps the role that they have.</summary>
    public static RoomDecision Decline(RoomTurn turn) => IsOfferedTo(turn, turn.UserId) ? Decide(turn, turn.UserId, happened: null) : NothingOffered();

    /// <summary>Whether the room is offered to the user, who could take it now.</summary>
    public static bool IsOfferedTo(RoomTurn turn, string userId) => turn.Room.OwnershipOffer is { } offer && offer.ToUserId == userId && turn.NowMs < offer.UntilMs;

    /// <summary>The user gets another role, or none: what they were offered ends.</summary>
    public static RoomDecision Decide(RoomTurn turn, string ofUserId, RoomEvent? happened)
    {
        var draft = new RoomDraft(turn.Room);
        if (IsOfferedTo(turn, ofUserId))
            draft.Add(new OwnershipOfferEnded(ofUserId, turn.UserId, turn.NowMs));
        if (happened is not null)
            draft.Add(happened);
        return draft.IsEmpty ? turn.Nothing() : turn.Conclude(draft);
    }

    private static Refusal NothingOffered() => Refusals.Final(RefusalCode.NothingOffered, "The room is not offered to the user.");
}
