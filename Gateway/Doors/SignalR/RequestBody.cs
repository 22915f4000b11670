using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>Parses the arguments of a call: an array of exactly one JSON object.</summary>
internal static class RequestBody
{
    /// <summary>The body, in memory of its own; otherwise what is wrong.</summary>
    public static bool TryParse(in ReadOnlySequence<byte> arguments, out JsonElement body, out string problem)
    {
        body = default;
        problem = "The arguments are missing.";
        if (arguments.IsEmpty)
            return false;
        try
        {
            var reader = new Utf8JsonReader(arguments);
            var all = JsonElement.ParseValue(ref reader);
            return TryTakeOnly(all, out body, out problem);
        }
        catch (JsonException)
        {
            problem = "The arguments are nested too deep, or no JSON.";
            return false;
        }
    }

    private static bool TryTakeOnly(JsonElement all, out JsonElement body, out string problem)
    {
        body = default;
        problem = "A method takes exactly one argument, a JSON object.";
        if (all.ValueKind != JsonValueKind.Array || all.GetArrayLength() != 1 || all[0].ValueKind != JsonValueKind.Object)
            return false;
        problem = "The arguments are not UTF-8.";
        if (!Utf8.IsValid(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(all)))
            return false;
        body = all[0];
        return true;
    }
}
