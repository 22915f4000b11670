using WhatsSound.Gateway.Http.Api.Requests;
using WhatsSound.Gateway.Sessions.Calls;

namespace WhatsSound.Gateway.Http.Api;

/// <summary>Every route of the API. What is described of it, in docs and as OpenAPI, is read from here; a new one is an entry.</summary>
internal sealed class ApiCatalogue(PublicationBatch batch, TokenDesk tokens)
{
    /// <summary>Where the API is, with the version that changes when something is taken away.</summary>
    public const string Root = "/v1";

    /// <summary>All of them.</summary>
    public IReadOnlyList<ApiRoute> All { get; } = [.. OfChannels(batch), .. OfRooms(), .. OfTheApp(tokens)];

    private static IEnumerable<ApiRoute> OfChannels(PublicationBatch batch) =>
    [
        Post("/channels/{channel}/publications", ChannelRequests.Publish, "Publishes. The same `id` again has one effect and the same answer, over a connection too.", "publish"),
        new ApiRoute(HttpMethods.Post, $"{Root}/publications", batch.Publish, "Publishes many, each with an answer of its own.") { Capability = "publish", IsBatch = true },
        Get("/channels/{channel}/history", HistoryRequests.Read, "Reads a page of what was published.", "subscribe"),
        Get("/channels/{channel}/presence", PresenceRequests.Read, "Says who is there: the members, or a page of the connections.", "presence"),
        Get("/channels/{channel}/occupancy", ChannelRequests.Occupancy, "Says how many are there.", "subscribe"),
    ];

    private static IEnumerable<ApiRoute> OfRooms() =>
    [
        Get("/rooms", RoomRequests.List, "Finds rooms that are listed."),
        Get("/rooms/{roomId}", RoomReads.Snapshot, "Shows a room to a member: what a late joiner is told.", "presence"),
        .. RoomCommandsOf().Select(static request => Post($"/rooms/{{roomId}}/commands/{request.Name}", request, $"`{request.Name}` of a room, for the token's user.", "publish")),
    ];

    private static IEnumerable<ApiRoute> OfTheApp(TokenDesk tokens) =>
    [
        Post("/tokens", tokens.Issue, "Issues a token for a user, which allows nothing that the one does not that asks for it.", "admin"),
    ];

    /// <summary>Whatever is asked of a room, but what is about a connection that is in it.</summary>
    private static IEnumerable<SessionRequest> RoomCommandsOf() =>
        RequestCatalogue.All.Where(static request => !request.NeedsConnection && request.Fields.Contains("roomId")).OrderBy(static request => request.Name, StringComparer.Ordinal);

    private static ApiRoute Get(string path, SessionRequest request, string summary, string? capability = null) => new(HttpMethods.Get, Root + path, request, summary) { Capability = capability };

    private static ApiRoute Post(string path, SessionRequest request, string summary, string? capability = null) => new(HttpMethods.Post, Root + path, request, summary) { Capability = capability };
}
