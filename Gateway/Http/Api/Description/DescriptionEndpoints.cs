using System.Text.Json;

namespace WhatsSound.Gateway.Http.Api.Description;

/// <summary>Maps what says what the API is: for programs, and for people.</summary>
internal static class DescriptionEndpoints
{
    /// <summary>Where the API is described as OpenAPI.</summary>
    private const string DocumentPath = "/openapi.json";

    public static void MapApiDescription(this IEndpointRouteBuilder endpoints)
    {
        var document = JsonSerializer.SerializeToUtf8Bytes(OpenApiDocument.Of(endpoints.ServiceProvider.GetRequiredService<ApiCatalogue>().All), DescriptionJson.Default.JsonObject);
        endpoints.MapGet(DocumentPath, () => Results.Bytes(document, "application/json"));
        endpoints.MapApiPage(DocumentPath);
    }
}
