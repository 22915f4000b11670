using System.Net;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using WhatsSound.Settings;

namespace WhatsSound.Gateway.Http;

/// <summary>What stands before all addresses of the gateway: which proxies are believed, which pages may ask, and what browsers are told.</summary>
internal static class BrowserRules
{
    private static readonly string[] ThisMachine = ["localhost", "127.0.0.1", "[::1]"];

    public static void AddBrowserRules(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<WebOptions, WebOptionsValidator>(configuration, WebOptions.Section);
        services.AddCors();
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<WebOptions>>(static (headers, web) => Believe(headers, web.Value.KnownProxies));
        services.AddOptions<HostFilteringOptions>().Configure<IHostEnvironment, IConfiguration>(KeepToThisMachine);
    }

    /// <param name="app">The host.</param>
    /// <param name="hubPath">Where clients connect: there a GET, which a WebSocket is, acts too.</param>
    public static void UseBrowserRules(this WebApplication app, PathString hubPath)
    {
        var options = app.Services.GetRequiredService<IOptions<WebOptions>>().Value;
        if (options.KnownProxies.Count > 0)
            app.UseForwardedHeaders();
        app.UseHeaders(SecurityHeaders.Of(options, app.Services.GetRequiredService<IOptions<WebPageOptions>>().Value));
        app.Use((context, next) => IsRefused(context.Request, hubPath, options) ? RefuseAsync(context.Response) : next(context));
        app.UseCors(policy => policy
            .SetIsOriginAllowed(origin => OriginRules.IsAllowed(origin, options.AllowedOrigins))
            .AllowAnyHeader()
            .AllowAnyMethod()
            // SignalR's client asks with credentials unless told otherwise. Of those that a browser adds by itself none counts here: a key's secret in Basic is not taken from a page.
            .AllowCredentials());
        app.Use(AnswerBrokenRequestsAsync);
    }

    /// <summary>Reading is allowed to every page that the browser allows it: what acts, and the hub, where a WebSocket is a GET, ask whose page it is.</summary>
    private static bool IsRefused(HttpRequest request, PathString hubPath, WebOptions options)
    {
        if (StringValues.IsNullOrEmpty(request.Headers.Origin))
            return false;
        var isHub = request.Path.StartsWithSegments(hubPath, StringComparison.OrdinalIgnoreCase);
        if (!isHub && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)))
            return false;
        var origin = request.Headers.Origin.ToString();
        return !OriginRules.IsOwn(origin, request.Host) && !OriginRules.IsAllowed(origin, options.AllowedOrigins);
    }

    private static Task RefuseAsync(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status403Forbidden;
        return response.WriteAsJsonAsync(
            Refusals.Final(RefusalCode.Forbidden, "Pages of this origin may not connect here.", "origin"), WireJson.Default.Refusal);
    }

    /// <summary>A body that breaks off or is not what its headers say is the sender's doing, and no fault to be logged.</summary>
    private static async Task AnswerBrokenRequestsAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = exception.StatusCode;
        }
    }

    private static void Believe(ForwardedHeadersOptions headers, IEnumerable<string> proxies)
    {
        headers.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        headers.ForwardLimit = null;
        // Not even this machine's, unless it is in the list.
        headers.KnownProxies.Clear();
        headers.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            if (IPAddress.TryParse(proxy, out var address))
                headers.KnownProxies.Add(address);
            else
                headers.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
        }
    }

    /// <summary>
    /// A page can give its own name this machine's address, and is then of the same origin as what listens here. In Development, which gives tokens to whoever
    /// asks, only this machine's names are answered to, unless <c>AllowedHosts</c> says others or others can connect anyway.
    /// </summary>
    private static void KeepToThisMachine(HostFilteringOptions options, IHostEnvironment environment, IConfiguration configuration)
    {
        var addresses = configuration["Urls"]?.Split(';') ?? [];
        var isThisMachine = addresses.Length > 0 && addresses.All(static address => ThisMachine.Contains(BindingAddress.Parse(address).Host, StringComparer.Ordinal));
        if (environment.IsDevelopment() && isThisMachine && configuration["AllowedHosts"] is null)
            options.AllowedHosts = [.. ThisMachine];
    }
}
