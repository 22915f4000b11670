using System.Text.Json;

namespace WhatsSound.Client;

/// <summary>What a publication may have besides its event and data.</summary>
public sealed record PublishOptions
{
    /// <summary>The same id has one effect: 1 to 64 characters, a new one unless given.</summary>
    public string? Id { get; init; }

    /// <summary>On a conflated channel the newest of each key is delivered. Up to 64 characters.</summary>
    public string? Key { get; init; }

    /// <summary>Texts by name, by which others can filter: up to 16 of 256 characters, 2 KiB together.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>A JSON object of up to 4 KiB that the server only carries.</summary>
    public JsonElement? Extras { get; init; }
}
