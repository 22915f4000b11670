using System.Net.Http.Json;
using System.Text.Json;

namespace WhatsSound.Bench.Servers;

/// <summary>This repository's server, with a data folder of its own and a user per connection.</summary>
internal abstract class WhatsSoundServer : HubServer
{
    public override string Assembly => "Silo/release/WhatsSound.Silo.dll";

    public override IReadOnlyDictionary<string, string> Environment(string dataFolder) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
    };

    public override async Task<string> PathAsync(HttpClient http, int user, CancellationToken cancellationToken)
    {
        var identity = new { userId = $"user-{user}", name = $"User {user}" };
        using var answer = await http.PostAsJsonAsync(new Uri("/dev/token", UriKind.Relative), identity, cancellationToken);
        answer.EnsureSuccessStatusCode();
        var token = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return $"/hub?access_token={token.GetProperty("token").GetString()}";
    }
}
