using System.Text.Json;

namespace WhatsSound.Tests.Gateway.Crash;

/// <summary>What a member asked for, and whether it was acknowledged.</summary>
internal sealed record Command(string Method, string Id, object Request)
{
    /// <summary>Null until the acknowledgement has come.</summary>
    public JsonElement? Receipt { get; set; }
}
