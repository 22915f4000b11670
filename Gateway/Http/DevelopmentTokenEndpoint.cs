using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Requests;
using WhatsSound.Users;

namespace WhatsSound.Gateway.Http;

/// <summary>Gives a token for any user to whoever asks from this machine. It exists in Development only: elsewhere the path is not found.</summary>
internal static partial class DevelopmentTokenEndpoint
{
    public static void MapDevelopmentToken(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/dev/token", static async (HttpRequest http, TokenIssuer issuer, IOptions<IdentityOptions> options, TimeProvider time) =>
        {
            if (!DevelopmentPeer.IsLocal(http.HttpContext))
                return JsonBody.Refused(Refusals.Final(RefusalCode.Forbidden, "Development tokens are for this machine itself.", "peer"), StatusCodes.Status403Forbidden);
            if (await JsonBody.ReadObjectAsync(http) is not { } body)
                return JsonBody.Refused(JsonBody.NoObject());
            var request = new RequestReader(body);
            var userId = request.Text("userId", 0, int.MaxValue);
            var name = request.OptionalText("name", TokenVerifier.DisplayNameCharsMax);
            if (!UserId.IsValid(userId))
                request.Refuse("userId", $"must be {UserId.Form}");
            if (request.Refusal is { } refusal)
                return JsonBody.Refused(refusal);
            var expiresAt = time.GetUtcNow() + options.Value.DevelopmentTokenLifetime;
            return Results.Json(new DevelopmentToken(issuer.Issue(userId, name, expiresAt), expiresAt.ToUnixTimeMilliseconds()), TokenJson.Default.DevelopmentToken);
        });

    /// <summary>The answer.</summary>
    internal sealed record DevelopmentToken(string Token, long ExpiresAtMs);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(DevelopmentToken))]
    internal sealed partial class TokenJson : JsonSerializerContext;
}
