namespace WhatsSound.Client;

/// <summary>A page of what a room keeps for those who keep order, the newest first.</summary>
/// <param name="Records">What there is.</param>
/// <param name="Next">What to ask for the next page with; null: this is the last.</param>
public sealed record RoomRecords(IReadOnlyList<RoomRecord> Records, long? Next = null);

/// <summary>A sanction, a report, an invite, or something that somebody did.</summary>
/// <param name="Number">Its place; grows.</param>
/// <param name="AtMs">When, Unix milliseconds.</param>
/// <param name="Action">What.</param>
/// <param name="ByUserId">Who did it.</param>
/// <param name="UserId">To whom; null: to the room.</param>
/// <param name="Detail">A reason, or what was changed.</param>
/// <param name="UntilMs">When it is over; null: it is not by itself.</param>
/// <param name="Uses">Of an invite: how many have come by it.</param>
/// <param name="UsesMax">Of an invite: how many may.</param>
public sealed record RoomRecord(
    long Number, long AtMs, string Action, string? ByUserId = null, string? UserId = null, string? Detail = null, long? UntilMs = null, int? Uses = null, int? UsesMax = null);
