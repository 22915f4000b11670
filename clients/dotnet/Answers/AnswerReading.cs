using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace WhatsSound.Client;

/// <summary>Reads what a method of the hub answered.</summary>
internal static class AnswerReading
{
    /// <exception cref="RefusedException">It was refused, or is no answer of this protocol.</exception>
    public static T Read<T>(JsonElement answer, JsonTypeInfo<T> type)
        where T : class
    {
        if (Envelope(answer) is not { } envelope)
            throw Refusals.NotUnderstood("The server's answer could not be read.");
        if (!envelope.Ok)
            throw envelope.Error is { } refusal ? new RefusedException(refusal) : Refusals.NotUnderstood("The server refused without saying why.");
        return envelope.Result.ReadOrNull(type) ?? throw Refusals.NotUnderstood("The server's answer could not be read.");
    }

    /// <summary>The value, or null where the JSON is not what its type says: others wrote it.</summary>
    public static T? ReadOrNull<T>(this JsonElement json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return json.ValueKind == JsonValueKind.Undefined ? null : json.Deserialize(type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static AnswerEnvelope? Envelope(JsonElement answer) => answer.ReadOrNull(ClientJson.Default.AnswerEnvelope);
}
