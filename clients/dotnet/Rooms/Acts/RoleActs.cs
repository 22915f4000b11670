namespace WhatsSound.Client;

/// <summary>Gives a member a role below one's own.</summary>
/// <param name="ToUserId">Who gets it.</param>
/// <param name="Role"><c>dj</c>, <c>moderator</c>, <c>coHost</c>, or <c>owner</c>, which offers the room.</param>
public sealed record GrantRole(string ToUserId, string Role) : RoomAct("GrantRole");

/// <summary>Takes the room that its owner has offered.</summary>
public sealed record AcceptOwnership() : RoomAct("AcceptOwnership");

/// <summary>Does not take the room that its owner has offered; the own role stays.</summary>
public sealed record DeclineOwnership() : RoomAct("DeclineOwnership");

/// <summary>Makes somebody a listener again.</summary>
/// <param name="OfUserId">Who.</param>
public sealed record RevokeRole(string OfUserId) : RoomAct("RevokeRole");

/// <summary>Says which co-hosts follow a lost host, the first first.</summary>
/// <param name="UserIds">Co-hosts.</param>
public sealed record SetSuccession(IReadOnlyList<string> UserIds) : RoomAct("SetSuccession");

/// <summary>Says which role something takes in this room.</summary>
/// <param name="Permission">A permission of the protocol's table.</param>
/// <param name="Role">The least role that has it; null: as in any room.</param>
public sealed record SetPermission(string Permission, string? Role = null) : RoomAct("SetPermission");
