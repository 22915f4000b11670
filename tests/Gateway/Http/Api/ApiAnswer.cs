using System.Net;
using System.Text.Json;

namespace WhatsSound.Tests.Gateway.Http.Api;

/// <summary>What the API answered.</summary>
internal sealed record ApiAnswer(HttpStatusCode Status, JsonElement Json, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The code of a refusal; empty: it was carried out.</summary>
    public string Code => Status == HttpStatusCode.OK ? "" : Json.GetProperty("code").GetString()!;

    public string? Detail => Json.TryGetProperty("detail", out var detail) ? detail.GetString() : null;

    public static async Task<ApiAnswer> ReadAsync(HttpResponseMessage response)
    {
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(static header => header.Key, static header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new ApiAnswer(response.StatusCode, json.RootElement.Clone(), headers);
    }
}
