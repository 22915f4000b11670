using System.Text.Json.Serialization;
using WhatsSound.Publications;

namespace WhatsSound.Gateway.Application;

/// <summary>What an app has said.</summary>
/// <param name="Data">As it said it.</param>
internal sealed record CallResult(Payload Data)
{
    /// <summary>How JSON has what is no JSON: <c>text</c>, or <c>base64</c> for bytes; null for JSON.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Encoding => Data.Kind switch
    {
        PayloadKind.Text => "text",
        PayloadKind.Bytes => "base64",
        _ => null,
    };
}
