using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace WhatsSound.Gateway.Sessions.Calls;

/// <summary>Every request that a session can make. A new one is an entry in the list of its feature.</summary>
internal static class RequestCatalogue
{
    private static readonly FrozenDictionary<string, SessionRequest> ByName = new[]
    {
        ConnectionRequests.All, ChannelRequests.All, HistoryRequests.All, RuleRequests.All, PresenceRequests.All, RoomRequests.All, RoleRequests.All, ModerationRequests.All, SettingsRequests.All, ChatRequests.All, QueueRequests.All, PlaybackRequests.All, UserRequests.All,
    }.SelectMany(static feature => feature).ToFrozenDictionary(static request => request.Name, StringComparer.Ordinal);

    public static IEnumerable<SessionRequest> All => ByName.Values;

    public static bool TryFind(string name, [NotNullWhen(true)] out SessionRequest? request) => ByName.TryGetValue(name, out request);
}
