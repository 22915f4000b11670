namespace WhatsSound.Gateway.Http.Api;

/// <summary>Maps the API: each of its routes, and what is beneath it and none of them.</summary>
internal static class ApiEndpoints
{
    public static void MapApi(this IEndpointRouteBuilder endpoints)
    {
        var (gate, catalogue) = (endpoints.ServiceProvider.GetRequiredService<ApiGate>(), endpoints.ServiceProvider.GetRequiredService<ApiCatalogue>());
        foreach (var route in catalogue.All)
            endpoints.MapMethods(route.Path, [route.Method], context => gate.AnswerAsync(context, route));
        // Whatever the method: otherwise the framework would answer, and in words of its own.
        endpoints.Map(ApiCatalogue.Root + "/{**rest}", context => gate.RefuseUnknownAsync(context, catalogue));
    }
}
