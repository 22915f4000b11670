namespace WhatsSound.Users;

/// <summary>User ids: 1 to 128 characters without control characters; opaque, taken from the token.</summary>
public static class UserId
{
    /// <summary>The most characters.</summary>
    public const int LengthMax = 128;

    /// <summary>What an id must be, for whoever gave another text.</summary>
    public static string Form { get; } = $"a user id: 1 to {LengthMax} characters, none of them a control character";

    /// <summary>Whether the text is a user id.</summary>
    public static bool IsValid(string? id)
    {
        if (string.IsNullOrEmpty(id) || id.Length > LengthMax)
            return false;
        foreach (var character in id)
        {
            if (char.IsControl(character))
                return false;
        }

        return true;
    }

    /// <summary>The grain key; prefixed for the reason given at <see cref="Rooms.RoomId"/>.</summary>
    public static string KeyOf(string id) => $"user:{id}";
}
