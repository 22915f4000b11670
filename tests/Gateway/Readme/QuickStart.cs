using System.Net.Http.Json;
using System.Text.Json;
using Console = Readme.Start.QuickStartConsole;

namespace Readme.Start;

/// <summary>The program that the README prints; a test holds the two to each other.</summary>
internal static class QuickStart
{
    public static async Task RunAsync(Uri server)
    {
        using var http = new HttpClient { BaseAddress = server };
        var login = await (await http.PostAsJsonAsync("/dev/token", new { userId = "cleo" })).Content.ReadFromJsonAsync<JsonElement>();
        http.DefaultRequestHeaders.Authorization = new("Bearer", login.GetProperty("token").GetString());
        var publication = new { id = Guid.NewGuid(), @event = "said", data = "hello from C#" };
        (await http.PostAsJsonAsync("/v1/channels/news:today/publications", publication)).EnsureSuccessStatusCode();
        var history = await http.GetFromJsonAsync<JsonElement>("/v1/channels/news:today/history");
        foreach (var said in history.GetProperty("publications").EnumerateArray())
            Console.WriteLine($"{said.GetProperty("publisher")}: {said.GetProperty("data")}");
    }
}
