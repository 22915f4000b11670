using System.Net.Http.Headers;
using WhatsSound.Gateway.Http;
using WhatsSound.Tests.Gateway.Sockets;

namespace WhatsSound.Tests.Gateway.Http;

/// <summary>What a browser is told with the page: run nothing else, be framed by nobody else, and keep what never changes.</summary>
public sealed class When_the_page_is_served : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("whatssound-page-");
    private RunningServer _server = null!;

    [Theory]
    [InlineData("/")]
    [InlineData("/r/jazz")]
    [InlineData("/index.html")]
    public async Task Should_be_asked_for_again_each_time_and_run_nothing_else(string path)
    {
        using var page = await GetAsync(_server, path);

        Assert.Equal("<p>", await page.Content.ReadAsStringAsync());
        Assert.Equal("no-cache", page.Headers.CacheControl!.ToString());
        AssertHeaders(page.Headers);
        var policy = PolicyOf(page);
        Assert.Equal(["'none'"], policy["default-src"]);
        Assert.Equal(["'self'"], policy["script-src"]);
        Assert.Equal(["'self'"], policy["frame-ancestors"]);
        Assert.Equal(["'none'"], policy["base-uri"]);
        Assert.Contains("https:", policy["media-src"]);
    }

    [Fact]
    public async Task Should_keep_assets_for_good()
    {
        using var asset = await GetAsync(_server, "/assets/index-abc123.js");
        using var other = await GetAsync(_server, "/icon.svg");

        Assert.Equal("public, max-age=31536000, immutable", asset.Headers.CacheControl!.ToString().Replace("31536000, public", "31536000", StringComparison.Ordinal));
        Assert.Equal("no-cache", other.Headers.CacheControl!.ToString());
        AssertHeaders(asset.Headers);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/nowhere")]
    [InlineData("/hub/negotiate")]
    public async Task Should_say_so_with_every_answer(string path)
    {
        using var answer = await GetAsync(_server, path);

        AssertHeaders(answer.Headers);
    }

    [Fact]
    public async Task Should_let_those_frame_it_that_are_configured()
    {
        await using var server = await RunningServer.StartAsync(
            "--WebPage:Folder", _folder.FullName, "--Web:FrameAncestors:0", "https://blog.example", "--Web:MediaSources:0", "https://cdn.example");
        using var page = await GetAsync(server, "/");

        Assert.Equal(["'self'", "https://blog.example"], PolicyOf(page)["frame-ancestors"]);
        Assert.Equal(["'self'", "blob:", "data:", "https://cdn.example"], PolicyOf(page)["media-src"]);
        Assert.False(page.Headers.Contains("X-Frame-Options"));
    }

    /// <summary>The page is built by another tool, and may not be there: of the folder that the programs set by themselves, too.</summary>
    [Fact]
    public void Should_do_without_a_page_only_where_nobody_asked_for_one()
    {
        Assert.True(WebPageOptions.IsDefault(new WebPageOptions().Folder));
        Assert.True(WebPageOptions.IsDefault(Path.Combine(AppContext.BaseDirectory, "wwwroot")));
        Assert.False(WebPageOptions.IsDefault(_folder.FullName));
    }

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "assets"));
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "index.html"), "<p>");
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "icon.svg"), "<svg/>");
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "assets", "index-abc123.js"), "1");
        _server = await RunningServer.StartAsync("--WebPage:Folder", _folder.FullName);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static void AssertHeaders(HttpResponseHeaders headers)
    {
        Assert.Equal("nosniff", Assert.Single(headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(headers.GetValues("Referrer-Policy")));
        Assert.Single(headers.GetValues("Content-Security-Policy"));
    }

    private static Dictionary<string, string[]> PolicyOf(HttpResponseMessage answer) =>
        answer.Headers.GetValues("Content-Security-Policy").Single().Split("; ").Select(one => one.Split(' ')).ToDictionary(one => one[0], one => one[1..]);

    private static async Task<HttpResponseMessage> GetAsync(RunningServer server, string path)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        return await http.GetAsync(new Uri(path, UriKind.Relative));
    }
}
