using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
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
        Assert.Equal(["'self'", "https:"], policy["connect-src"]);
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
        Assert.Equal(["'self'", "https://cdn.example"], PolicyOf(page)["connect-src"]);
        Assert.False(page.Headers.Contains("X-Frame-Options"));
    }

    [Fact]
    public async Task Should_ask_an_address_for_tokens_and_name_the_one_that_others_come_by()
    {
        await using var server = await RunningServer.StartAsync(
            "--WebPage:Folder", _folder.FullName, "--WebPage:TokenUrl", "https://app.example/api/token", "--WebPage:LinkOrigin", "http://192.168.1.20:5080");
        using var page = await GetAsync(server, "/page.json");

        Assert.Equal(["'self'", "https:", "https://app.example"], PolicyOf(page)["connect-src"]);
        var settings = JsonElement.Parse(await page.Content.ReadAsStringAsync());
        Assert.Equal("https://app.example/api/token", settings.GetProperty("tokenUrl").GetString());
        Assert.Equal("http://192.168.1.20:5080", settings.GetProperty("linkOrigin").GetString());
    }

    /// <summary>The script of the element for apps' pages is public, and loaded as a module, which browsers do only where they are told that they may.</summary>
    [Fact]
    public async Task Should_let_every_page_load_the_element_and_none_read_the_rest()
    {
        foreach (var (path, isPublic) in (IEnumerable<(string, bool)>)[("/embed/room.js", true), ("/embed/assets/mount-abc123.js", true), ("/page.json", false), ("/index.html", false)])
        {
            using var answer = await When_another_origin_asks.AskAsync(_server, HttpMethod.Get, path, "https://app.example");
            Assert.True(answer.IsSuccessStatusCode, path);
            Assert.Equal(isPublic, answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var allowed) && allowed.Single() == "*");
            Assert.Equal(path.Contains("assets", StringComparison.Ordinal), answer.Headers.CacheControl!.MaxAge is not null);
        }
    }

    [Theory]
    [InlineData("WebPage:TokenUrl", "app.example/token")]
    [InlineData("WebPage:TokenUrl", "ftp://app.example/token")]
    [InlineData("WebPage:LinkOrigin", "http://192.168.1.20:5080/")]
    [InlineData("WebPage:LinkOrigin", "192.168.1.20")]
    [InlineData("WebPage:TokenOrigins:0", "*")]
    [InlineData("Web:FrameAncestors:0", "https//app.example")]
    [InlineData("Web:FrameAncestors:0", "https://app.example/rooms")]
    [InlineData("Web:FrameAncestors:0", "'none'")]
    [InlineData("Web:FrameAncestors:0", "'unsafe-inline'")]
    [InlineData("Web:FrameAncestors:0", "https:app.example")]
    [InlineData("Web:FrameAncestors:0", "app.*.example")]
    [InlineData("Web:FrameAncestors:0", "app.example:port")]
    [InlineData("Web:FrameAncestors:0", "app.example:70000")]
    [InlineData("Web:FrameAncestors:0", "app..example")]
    [InlineData("Web:FrameAncestors:0", "https://app.example?q")]
    [InlineData("Web:FrameAncestors:0", "a b")]
    [InlineData("Web:FrameAncestors:0", "a;b")]
    [InlineData("Web:FrameAncestors:0", "")]
    public void Should_not_start_with_an_address_that_browsers_would_not_understand(string setting, string value)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new(setting, value)]).Build();
        var failed = new WebPageOptionsValidator().Validate(null, Bound(settings, WebPageOptions.Section, new WebPageOptions())).Failed
            || new WebOptionsValidator().Validate(null, Bound(settings, WebOptions.Section, new WebOptions())).Failed;

        Assert.True(failed);
    }

    [Theory]
    [InlineData("https://app.example")]
    [InlineData("https://*.app.example:8443")]
    [InlineData("*")]
    [InlineData("'self'")]
    [InlineData("'SELF'")]
    [InlineData("intranet")]
    [InlineData("app_1.example")]
    [InlineData("https:")]
    [InlineData("app:")]
    [InlineData("app.example")]
    [InlineData("localhost:5173")]
    [InlineData("app.example:*")]
    [InlineData("*.app.example")]
    [InlineData("*:8443")]
    [InlineData("https://*:8443")]
    [InlineData("https://app.example/")]
    [InlineData("HTTPS://App.Example")]
    [InlineData("capacitor://localhost")]
    [InlineData("192.168.1.20:5080")]
    public void Should_take_those_that_may_frame_it_as_browsers_understand_them(string origin)
    {
        var options = new WebOptions();
        options.FrameAncestors.Add(origin);

        Assert.True(new WebOptionsValidator().Validate(null, options).Succeeded);
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
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "embed", "assets"));
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "embed", "room.js"), "1");
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "embed", "assets", "mount-abc123.js"), "1");
        _server = await RunningServer.StartAsync("--WebPage:Folder", _folder.FullName);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static T Bound<T>(IConfiguration settings, string section, T options)
    {
        settings.GetSection(section).Bind(options);
        return options;
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
