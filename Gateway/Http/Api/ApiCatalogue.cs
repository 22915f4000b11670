using WhatsSound.Gateway.Http.Api.Requests;
using WhatsSound.Gateway.Sessions.Calls;

namespace WhatsSound.Gateway.Http.Api;

/// <summary>Every route of the API. What is described of it, in docs and as OpenAPI, is read from here; a new one is an entry.</summary>
internal sealed class ApiCatalogue(PublicationBatch batch, TokenDesk tokens, RuleDesk rules, RevocationDesk revocations)
{
    /// <summary>Where the API is, with the version that changes when something is taken away.</summary>
    public const string Root = "/v1";

    /// <summary>All of them.</summary>
    public IReadOnlyList<ApiRoute> All { get; } = [.. OfChannels(batch), .. OfRooms(), .. OfTheApp(tokens, rules, revocations)];

    private static IEnumerable<ApiRoute> OfChannels(PublicationBatch batch) =>
    [
        Post("/channels/{channel}/publications", ChannelRequests.Publish, "Publishes. The same `id` again has one effect and the same answer, over a connection too.", "publish"),
        new ApiRoute(HttpMethods.Post, $"{Root}/publications", batch.Publish, "Publishes many, each with an answer of its own.") { Capability = "publish", IsBatch = true },
        Get("/channels/{channel}/history", HistoryRequests.Read, "Reads a page of what was published.", "subscribe"),
        Get("/channels/{channel}/presence", PresenceRequests.Read, "Says who is there: the members, or a page of the connections.", "presence"),
        Get("/channels/{channel}/occupancy", ChannelRequests.Occupancy, "Says how many are there.", "subscribe"),
        Get("/channels/{channel}/rule", RuleRequests.Get, "Says which rule the channel is under.", "subscribe"),
    ];

    private static IEnumerable<ApiRoute> OfRooms() =>
    [
        Get("/rooms", RoomRequests.List, "Finds rooms that are listed."),
        Get("/rooms/{roomId}", RoomReads.Snapshot, "Shows a room to a member: what a late joiner is told.", "presence"),
        .. RoomCommandsOf().Select(static request => Post($"/rooms/{{roomId}}/commands/{request.Name}", request, $"`{request.Name}` of a room, for the token's user.", "publish")),
    ];

    private static IEnumerable<ApiRoute> OfTheApp(TokenDesk tokens, RuleDesk rules, RevocationDesk revocations) =>
    [
        Post("/tokens", tokens.Issue, "Issues a token for a user, which allows nothing that the one does not that asks for it.", "admin"),
        Get("/rules", rules.Read, "Shows all rules, and who has said each.", "admin"),
        new ApiRoute(HttpMethods.Put, $"{Root}/rules/{{pattern}}", rules.Set, "Sets the rule of a pattern, for the cluster and while it runs.") { Capability = "admin" },
        new ApiRoute(HttpMethods.Delete, $"{Root}/rules/{{pattern}}", rules.Remove, "Takes back what was set for a pattern: the configured rule holds again.") { Capability = "admin" },
        Get("/revocations", revocations.Read, "Shows the revocations that hold, a page of up to 1,000.", "admin"),
        Post("/revocations", revocations.Revoke, "Has tokens count no more: everybody's, a user's, one, or those of a key; at all or on some channels.", "admin"),
        new ApiRoute(HttpMethods.Delete, $"{Root}/revocations/{{number}}", revocations.Remove, "Takes a revocation back: the tokens that it was about count again.") { Capability = "admin" },
        Post("/users/{ofUserId}/disconnect", revocations.Disconnect, "Ends all connections of a user, whose tokens of before count no more.", "admin"),
    ];

    /// <summary>Whatever is asked of a room, but what is about a connection that is in it.</summary>
    private static IEnumerable<SessionRequest> RoomCommandsOf() =>
        RequestCatalogue.All.Where(static request => !request.NeedsConnection && request.Fields.Contains("roomId")).OrderBy(static request => request.Name, StringComparer.Ordinal);

    private static ApiRoute Get(string path, SessionRequest request, string summary, string? capability = null) => new(HttpMethods.Get, Root + path, request, summary) { Capability = capability };

    private static ApiRoute Post(string path, SessionRequest request, string summary, string? capability = null) => new(HttpMethods.Post, Root + path, request, summary) { Capability = capability };
}
