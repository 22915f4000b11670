using System.Text.Json;
using WhatsSound.Gateway.Http.Api.Description;

namespace WhatsSound.Gateway.Http.Api;

/// <summary>Maps the API: each of its routes, and what is beneath it and none of them.</summary>
internal static class ApiEndpoints
{
    /// <summary>Where the API is described as OpenAPI.</summary>
    public const string DocumentPath = "/openapi.json";

    public static void MapApi(this IEndpointRouteBuilder endpoints)
    {
        var (gate, catalogue) = (endpoints.ServiceProvider.GetRequiredService<ApiGate>(), endpoints.ServiceProvider.GetRequiredService<ApiCatalogue>());
        foreach (var route in catalogue.All)
            endpoints.MapMethods(route.Path, [route.Method], context => gate.AnswerAsync(context, route));
        // Whatever the method: otherwise the framework would answer, and in words of its own.
        endpoints.Map(ApiCatalogue.Root + "/{**rest}", context => gate.RefuseUnknownAsync(context, catalogue));
        var document = JsonSerializer.SerializeToUtf8Bytes(OpenApiDocument.Of(catalogue.All), DescriptionJson.Default.JsonObject);
        endpoints.MapGet(DocumentPath, () => Results.Bytes(document, "application/json"));
        endpoints.MapApiPage(DocumentPath);
    }
}
