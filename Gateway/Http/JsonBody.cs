using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;

namespace WhatsSound.Gateway.Http;

/// <summary>The bodies of small requests, and refusals as answers to them.</summary>
internal static class JsonBody
{
    public const int BytesMax = 4096;

    /// <summary>The object in the body; null where it is none: for an answer of ours, and not the framework's page with a stack trace.</summary>
    public static async Task<JsonElement?> ReadObjectAsync(HttpRequest request)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = BytesMax;
        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (Exception exception) when (exception is JsonException or BadHttpRequestException)
        {
            return null;
        }
    }

    public static Refusal NoObject() => Refusals.BadRequest("body", $"The body must be a JSON object of up to {BytesMax} bytes.");

    public static IResult Refused(Refusal refusal, int statusCode = StatusCodes.Status400BadRequest) =>
        Results.Json(refusal, WireJson.Default.Refusal, statusCode: statusCode);
}
