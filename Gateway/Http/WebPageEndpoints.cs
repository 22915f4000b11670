using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;

namespace WhatsSound.Gateway.Http;

/// <summary>Serves the web page, where its folder is there: the files, and the page itself for links to rooms.</summary>
internal static class WebPageEndpoints
{
    private const string Page = "index.html";

    public static void MapWebPage(this WebApplication app)
    {
        var folder = Path.GetFullPath(Path.Combine(app.Environment.ContentRootPath, app.Services.GetRequiredService<IOptions<WebPageOptions>>().Value.Folder));
        if (!Directory.Exists(folder))
            return;
        // Not disposed: it lives as long as the application.
        var files = new StaticFileOptions { FileProvider = new PhysicalFileProvider(folder) };
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files.FileProvider, DefaultFileNames = [Page] });
        app.UseStaticFiles(files);
        app.MapFallbackToFile("/r/{roomId}", Page, files);
    }
}
