namespace WhatsSound.Client;

/// <summary>The rooms of this user: those that they own, of which <paramref name="OwnedMax"/> may be open, and those that they joined last.</summary>
public sealed record UserRooms(IReadOnlyList<UserRoom> Owned, int OwnedMax, IReadOnlyList<UserRoom> Joined);
