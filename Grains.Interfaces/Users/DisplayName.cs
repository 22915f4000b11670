namespace WhatsSound.Users;

/// <summary>What people are called: the name in their token, never one that a request brings along.</summary>
public static class DisplayName
{
    /// <summary>The most characters.</summary>
    public const int LengthMax = 64;
}
