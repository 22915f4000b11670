using System.Text.Json;
using WhatsSound.Bench.Wire;

namespace WhatsSound.Bench.Servers;

/// <summary>What the driver must know of a server to use it as it uses every other.</summary>
internal abstract class ServerUnderTest
{
    /// <summary>The name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>The name in the report.</summary>
    public abstract string Title { get; }

    /// <summary>Whether the listeners publish, in turn; otherwise one connection that does not listen.</summary>
    public virtual bool ListenersPublish => false;

    /// <summary>The build output folder it is in; null: the one of this run.</summary>
    public virtual string? Bin => null;

    /// <summary>The path of its assembly below the build output folder.</summary>
    public abstract string Assembly { get; }

    /// <summary>What it needs besides what every server gets.</summary>
    public virtual IReadOnlyDictionary<string, string> Environment(string dataFolder) => new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Where a user connects: path and query.</summary>
    public virtual Task<string> PathAsync(HttpClient http, int user, CancellationToken cancellationToken) => Task.FromResult("/hub");

    /// <summary>Once per server, before anybody joins.</summary>
    public virtual Task PrepareAsync(HubSocket hub, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Makes a connection a listener.</summary>
    public abstract Task JoinAsync(HubSocket hub, int user, CancellationToken cancellationToken);

    /// <summary>The hub message that publishes <paramref name="data"/>, a JSON string, under an id that no other publication has.</summary>
    public abstract string Publish(string id, string data);

    /// <summary>Calls a method and throws if it was not accepted.</summary>
    protected static async Task CallAsync(HubSocket hub, string target, string arguments, CancellationToken cancellationToken)
    {
        var completion = await hub.InvokeAsync(target, arguments, cancellationToken);
        if (completion.TryGetProperty("error", out _) || IsRefusal(completion))
            throw new InvalidOperationException($"{target} was refused: {completion}");
    }

    private static bool IsRefusal(JsonElement completion) =>
        completion.TryGetProperty("result", out var result)
        && result.ValueKind == JsonValueKind.Object
        && result.TryGetProperty("ok", out var ok)
        && ok.ValueKind == JsonValueKind.False;
}
