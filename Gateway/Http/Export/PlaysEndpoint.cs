using WhatsSound.Gateway.Application;
using WhatsSound.Gateway.Identity;
using WhatsSound.Rooms;

namespace WhatsSound.Gateway.Http;

/// <summary>A room's history, for whoever may read its records: <c>GET /rooms/{roomId}/plays.json</c> and <c>.csv</c>, with the token as bearer.</summary>
internal static class PlaysEndpoint
{
    public static void MapPlays(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/rooms/{roomId}/plays.{format}", static (HttpContext http, string roomId, string format, TokenAdmission admissions, ExportGate gate, IClusterClient cluster, TimeProvider time) =>
            format is "json" or "csv" ? ExportAsync(http, roomId, format == "csv", admissions, gate, cluster, time) : RefuseAsync(http, Refusals.WrongField("format", "must be 'json' or 'csv'")));

    private static async Task ExportAsync(HttpContext http, string roomId, bool isCsv, TokenAdmission admissions, ExportGate gate, IClusterClient cluster, TimeProvider time)
    {
        if (!RoomId.IsValid(roomId))
        {
            await RefuseAsync(http, Refusals.WrongField("roomId", $"must be {RoomId.Form}"));
            return;
        }

        var token = TokenOf(http.Request);
        var grant = token.Length == 0 ? TakesUser() : await admissions.VerifyAsync(connectionId: null, token, http.RequestAborted);
        if ((grant.Refusal ?? Refuse(grant.Value!, roomId)) is { } refusal)
        {
            await RefuseAsync(http, refusal);
            return;
        }

        var identity = (SessionIdentity)grant.Value!;
        var room = cluster.GetGrain<IRoomGrain>(RoomId.KeyOf(roomId));
        var export = new PlaysExport(http, gate, time, request => room.GetPlaysAsync(identity.UserId, request));
        if (await export.SendAsync(identity, roomId, isCsv) is { } noExport)
            await RefuseAsync(http, noExport);
    }

    private static Refusal? Refuse(TokenGrant grant, string roomId) => grant is not SessionIdentity
        ? TakesUser()
        : grant.Allows(Capability.Presence, RoomId.KeyOf(roomId)) ? null : Refusals.Final(RefusalCode.Forbidden, "The token does not allow to read the room.", CapabilitySet.NameOf(Capability.Presence));

    private static Refusal TakesUser() => Refusals.Final(RefusalCode.Unauthenticated, "This takes the token of a user.");

    private static string TokenOf(HttpRequest request)
    {
        const string scheme = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? header[scheme.Length..].Trim() : "";
    }

    private static Task RefuseAsync(HttpContext http, Refusal refusal) => HttpRefusals.WriteAsync(http.Response, refusal);
}
