namespace WhatsSound.Client;

/// <summary>Who is what in a room.</summary>
/// <param name="Holders">Everybody but listeners, the highest first.</param>
/// <param name="Succession">The co-hosts in the order in which they follow a lost host, as far as one was set.</param>
/// <param name="Permissions">What takes another role here than in other rooms: by the permission's name, the least role that may.</param>
public sealed record RoomRoles(IReadOnlyList<RoleHolder> Holders, IReadOnlyList<string> Succession, IReadOnlyDictionary<string, string> Permissions)
{
    /// <summary>To whom the owner would give the room; null: to nobody. Nothing is sent when its time has passed: compare <see cref="WhatsSound.Client.OwnershipOffer.UntilMs"/> with room time.</summary>
    public OwnershipOffer? OwnershipOffer { get; init; }

    internal static RoomRoles None { get; } = new([], [], new Dictionary<string, string>(StringComparer.Ordinal));
}

/// <summary>Somebody who is more than a listener.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Role"><c>owner</c>, <c>coHost</c>, <c>moderator</c> or <c>dj</c>.</param>
public sealed record RoleHolder(string UserId, string Role);
