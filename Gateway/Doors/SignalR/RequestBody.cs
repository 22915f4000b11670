using System.Buffers;
using System.Text.Json;
using WhatsSound.Gateway.Requests;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>Parses the arguments of a call: an array of exactly one JSON object.</summary>
internal static class RequestBody
{
    /// <summary>The body, in memory of its own; otherwise what is wrong.</summary>
    public static bool TryParse(in ReadOnlySequence<byte> arguments, out JsonElement body, out string problem)
    {
        body = default;
        problem = "The arguments are missing.";
        if (arguments.IsEmpty || !RequestJson.TryParse(arguments, out var all, out problem))
            return false;
        problem = "A method takes exactly one argument, a JSON object.";
        if (all.ValueKind != JsonValueKind.Array || all.GetArrayLength() != 1 || all[0].ValueKind != JsonValueKind.Object)
            return false;
        body = all[0];
        return true;
    }
}
