using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Requests;
using WhatsSound.Users;

namespace WhatsSound.Gateway.Http;

/// <summary>Gives a token to whoever asks. It exists in Development only: elsewhere the path is not found.</summary>
internal static partial class DevelopmentTokenEndpoint
{
    private const int BodyBytesMax = 4096;

    public static void MapDevelopmentToken(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/dev/token", static async (HttpRequest http, TokenIssuer issuer, IOptions<IdentityOptions> options, TimeProvider time) =>
        {
            if (await ReadAsync(http) is not { ValueKind: JsonValueKind.Object } body)
                return Refused(Refusals.BadRequest("body", $"The body is no JSON object of up to {BodyBytesMax} bytes."));
            var request = new RequestReader(body);
            var userId = request.Text("userId", 1, UserId.LengthMax);
            var name = request.OptionalText("name", TokenVerifier.DisplayNameCharsMax);
            if (!UserId.IsValid(userId))
                request.Refuse("userId", "The field is no user id.");
            if (request.Refusal is { } refusal)
                return Refused(refusal);
            var expiresAt = time.GetUtcNow() + options.Value.DevelopmentTokenLifetime;
            return Results.Json(new DevelopmentToken(issuer.Issue(userId, name, expiresAt), expiresAt.ToUnixTimeMilliseconds()), TokenJson.Default.DevelopmentToken);
        });

    /// <summary>Null where the body is no JSON: an answer of ours, and not the framework's page with a stack trace.</summary>
    private static async Task<JsonElement?> ReadAsync(HttpRequest request)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = BodyBytesMax;
        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
            return document.RootElement.Clone();
        }
        catch (Exception exception) when (exception is JsonException or BadHttpRequestException)
        {
            return null;
        }
    }

    private static IResult Refused(Refusal refusal) => Results.Json(refusal, WireJson.Default.Refusal, statusCode: StatusCodes.Status400BadRequest);

    /// <summary>The answer.</summary>
    internal sealed record DevelopmentToken(string Token, long ExpiresAtMs);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(DevelopmentToken))]
    internal sealed partial class TokenJson : JsonSerializerContext;
}
