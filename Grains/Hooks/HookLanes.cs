using System.Globalization;
using System.Text;

namespace WhatsSound.Grains.Hooks;

/// <summary>
/// The lanes of the outbox in which events wait: some for each receiver, so that one that is dead costs nobody else, and all events of a channel for a receiver in one, so that they come in order. A lane's name is its grain's key.
/// </summary>
internal static class HookLanes
{
    /// <summary>How many requests one receiver is sent at once. A constant: with another number a channel's lane would be another, and its order gone.</summary>
    public const int PerEndpoint = 8;

    private const string Prefix = "hooks:";

    public static string Of(string endpoint, string channel) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{endpoint}:{PartOf(channel)}");

    /// <summary>Whose lane it is; null: it is none of webhooks.</summary>
    public static string? FindEndpoint(string lane) =>
        lane.StartsWith(Prefix, StringComparison.Ordinal) && lane.Split(':') is [_, var endpoint, _] ? endpoint : null;

    private static ulong PartOf(string channel)
    {
        // FNV-1a, mixed once more, since its upper bits hardly move with the last letters: the same in every process.
        var hash = 14_695_981_039_346_656_037UL;
        foreach (var one in Encoding.UTF8.GetBytes(channel))
            hash = unchecked((hash ^ one) * 1_099_511_628_211UL);
        hash = unchecked((hash ^ (hash >> 33)) * 0xFF51_AFD7_ED55_8CCDUL);
        return (hash ^ (hash >> 33)) % PerEndpoint;
    }
}
