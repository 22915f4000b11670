using System.Text.Json.Serialization;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Identity;
using WhatsSound.Start;

namespace WhatsSound.Gateway.Http;

/// <summary>Serves the web page, where its folder is there: the files, the page itself for links to rooms, and how people get in.</summary>
internal static partial class WebPageEndpoints
{
    private const string Page = "index.html";
    private const string Assets = "/assets";
    private const string Embed = "/embed";

    public static void MapWebPage(this WebApplication app)
    {
        var configured = app.Services.GetRequiredService<IOptions<WebPageOptions>>().Value.Folder;
        var folder = Path.GetFullPath(Path.Combine(app.Environment.ContentRootPath, configured));
        if (!Directory.Exists(folder))
        {
            if (!WebPageOptions.IsDefault(configured))
                throw new HostStartException($"{WebPageOptions.Section}:{nameof(WebPageOptions.Folder)} is '{configured}'; there is no such folder.");
            HttpLog.NoPage(app.Logger, folder);
            return;
        }

        // Not disposed: it lives as long as the application.
        var files = new StaticFileOptions { FileProvider = new PhysicalFileProvider(folder), OnPrepareResponse = static file => Cache(file.Context) };
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files.FileProvider, DefaultFileNames = [Page] });
        app.UseStaticFiles(files);
        app.MapFallbackToFile("/r/{roomId}", Page, files);
        app.MapGet("/page.json", static (HttpResponse response, GuestDesk guests, IOptions<WebPageOptions> options) =>
        {
            response.Headers.CacheControl = "no-store";
            return Results.Json(new PageSettings(guests.IsOpen, options.Value.TokenOrigins, options.Value.TokenUrl, options.Value.LinkOrigin), PageJson.Default.PageSettings);
        });
    }

    /// <summary>Assets have what is in them in their names, and never change. Of everything else the browser asks whether it has changed.</summary>
    private static void Cache(HttpContext context)
    {
        var isEmbedded = context.Request.Path.StartsWithSegments(Embed, StringComparison.Ordinal, out var inEmbed);
        context.Response.Headers.CacheControl = (isEmbedded ? inEmbed : context.Request.Path).StartsWithSegments(Assets, StringComparison.Ordinal)
            ? "public, max-age=31536000, immutable"
            : "no-cache";
        // Code that anybody may have, and that says what is wrong where a page may do no more than load it.
        if (isEmbedded)
            context.Response.Headers.AccessControlAllowOrigin = "*";
    }

    /// <summary>What the page asks before anything else.</summary>
    internal sealed record PageSettings(bool Guests, IList<string> TokenOrigins, string? TokenUrl, string? LinkOrigin);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(PageSettings))]
    internal sealed partial class PageJson : JsonSerializerContext;
}
