namespace WhatsSound.Gateway.Sessions;

/// <summary>Channels of the namespace <c>user</c> belong to one user: <c>user:{id}:{name}</c>. A user id may contain colons, the name may not.</summary>
internal static class UserChannels
{
    private const string Prefix = "user:";

    public static bool Includes(string channel) => channel.StartsWith(Prefix, StringComparison.Ordinal);

    public static bool MayUse(string channel, string userId)
    {
        if (!Includes(channel))
            return true;
        var rest = channel.AsSpan(Prefix.Length);
        return rest.StartsWith(userId, StringComparison.Ordinal)
            && rest.Length > userId.Length + 1
            && rest[userId.Length] == ':'
            && !rest[(userId.Length + 1)..].Contains(':');
    }
}
