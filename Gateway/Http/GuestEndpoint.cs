using System.Text.Json.Serialization;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Requests;
using WhatsSound.Users;

namespace WhatsSound.Gateway.Http;

/// <summary>Gives tokens to guests. Where there are no guests the path is not found.</summary>
internal static partial class GuestEndpoint
{
    public static void MapGuests(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/guest", static async (HttpContext http, GuestDesk desk) =>
        {
            if (!desk.IsOpen)
                return Results.NotFound();
            // A page of another origin can send such a body only if that is allowed to it: it does not spend what its visitors' addresses may take.
            if (!http.Request.HasJsonContentType() || await JsonBody.ReadObjectAsync(http.Request) is not { } body)
                return JsonBody.Refused(JsonBody.NoObject());
            var request = new RequestReader(body);
            var name = request.Text("name", 1, DisplayName.LengthMax);
            var secret = request.OptionalText("secret", GuestDesk.SecretCharsMax);
            if (request.Refusal is { } malformed)
                return JsonBody.Refused(malformed);
            var answer = desk.Admit(AddressKey.Of(http.Connection.RemoteIpAddress), name, secret);
            if (answer.Refusal is { } refusal)
                return HttpRefusals.Of(refusal);
            http.Response.Headers.CacheControl = "no-store";
            return Results.Json(answer.Value, GuestJson.Default.GuestToken);
        });

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(GuestToken))]
    internal sealed partial class GuestJson : JsonSerializerContext;
}
