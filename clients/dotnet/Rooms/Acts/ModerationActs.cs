using System.Text.Json.Serialization;

namespace WhatsSound.Client;

/// <summary>Something that a member may not do, for a while or until it is lifted.</summary>
public abstract record SanctionAct : RoomAct
{
    private protected SanctionAct(string method, string ofUserId, TimeSpan? time, string? reason)
        : base(method) => (OfUserId, For, Reason) = (ofUserId, time, reason);

    /// <summary>Who.</summary>
    public string OfUserId { get; init; }

    /// <summary>For how long; null: until it is lifted.</summary>
    [JsonIgnore]
    public TimeSpan? For { get; init; }

    /// <summary>Told to them, unless they are muted without being told, and to those who keep order.</summary>
    public string? Reason { get; init; }

    [JsonInclude]
    internal long? ForMs => MsOf(For);
}

/// <summary>They say nothing.</summary>
/// <param name="OfUserId">Who.</param>
/// <param name="For">For how long; null: until it is lifted.</param>
/// <param name="Reason">Told to them, and to those who keep order.</param>
public sealed record MuteMember(string OfUserId, TimeSpan? For = null, string? Reason = null) : SanctionAct("Mute", OfUserId, For, Reason);

/// <summary>What they say reaches nobody, and they are not told; where the room allows it.</summary>
/// <param name="OfUserId">Who.</param>
/// <param name="For">For how long; null: until it is lifted.</param>
/// <param name="Reason">Told to those who keep order.</param>
public sealed record ShadowMuteMember(string OfUserId, TimeSpan? For = null, string? Reason = null) : SanctionAct("ShadowMute", OfUserId, For, Reason);

/// <summary>They do nothing: no songs, no votes, no messages.</summary>
/// <param name="OfUserId">Who.</param>
/// <param name="For">For how long.</param>
/// <param name="Reason">Told to them, and to those who keep order.</param>
public sealed record TimeOutMember(string OfUserId, [property: JsonIgnore] TimeSpan For, string? Reason = null) : RoomAct("Timeout")
{
    [JsonInclude]
    internal long? ForMs => MsOf(For);
}

/// <summary>They add no songs.</summary>
/// <param name="OfUserId">Who.</param>
/// <param name="For">For how long; null: until it is lifted.</param>
/// <param name="Reason">Told to them, and to those who keep order.</param>
public sealed record BanFromQueue(string OfUserId, TimeSpan? For = null, string? Reason = null) : SanctionAct("QueueBan", OfUserId, For, Reason);

/// <summary>They are out, and do not come back for a minute.</summary>
/// <param name="OfUserId">Who.</param>
/// <param name="Reason">Told to them, and to those who keep order.</param>
public sealed record KickMember(string OfUserId, string? Reason = null) : RoomAct("Kick");

/// <summary>They are out, and do not come back.</summary>
/// <param name="OfUserId">Who.</param>
/// <param name="For">For how long; null: until it is lifted.</param>
/// <param name="Reason">Told to them, and to those who keep order.</param>
public sealed record BanMember(string OfUserId, TimeSpan? For = null, string? Reason = null) : SanctionAct("Ban", OfUserId, For, Reason);

/// <summary>Takes one of these back.</summary>
/// <param name="OfUserId">Who.</param>
/// <param name="Kind"><c>mute</c>, <c>shadowMute</c>, <c>timeout</c>, <c>queueBan</c>, <c>kick</c> or <c>ban</c>.</param>
public sealed record LiftSanction(string OfUserId, string Kind) : RoomAct("Lift");

/// <summary>Tells those who keep order of a member.</summary>
/// <param name="OfUserId">Who.</param>
/// <param name="Reason">What for.</param>
/// <param name="ChatOffset">The message that is meant.</param>
public sealed record ReportMember(string OfUserId, string Reason, long? ChatOffset = null) : RoomAct("Report");
