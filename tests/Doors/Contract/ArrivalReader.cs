using System.Text.Json;

namespace WhatsSound.Tests.Doors.Contract;

/// <summary>Reads what doors send that speak the project's own JSON, whatever they put it in.</summary>
internal static class ArrivalReader
{
    public static Arrival.Answer Answer(long request, JsonElement reply) => reply.GetProperty("ok").GetBoolean()
        ? new(request, "", reply.GetProperty("result"))
        : new(request, reply.GetProperty("error").GetProperty("code").GetString()!, default) { Detail = reply.GetProperty("error").GetProperty("detail").GetString() };

    public static Arrival.Occupancy Occupancy(JsonElement content) => new(
        content.GetProperty("channel").GetString()!,
        content.GetProperty("connections").GetInt32(),
        content.GetProperty("users").GetInt32(),
        content.GetProperty("subscribers").GetInt32());

    public static Arrival Event(string name, JsonElement content) => name switch
    {
        "frame" => new Arrival.Frame(
            content.GetProperty("channel").GetString()!,
            content.GetProperty("previousOffset").GetInt64(),
            content.GetProperty("headOffset").GetInt64(),
            content.GetProperty("publications")),
        "lost" => new Arrival.Lost(content.GetProperty("channel").GetString()!, OffsetOf(content, "lostFrom"), OffsetOf(content, "lostTo")),
        "detached" => new Arrival.Detached(content.GetProperty("channel").GetString()!, content.GetProperty("code").GetString()!),
        "occupancy" => Occupancy(content),
        "closing" => new Arrival.Closing(
            content.GetProperty("code").GetString()!,
            content.GetProperty("reconnectAfterMs") is { ValueKind: JsonValueKind.Number } after ? after.GetInt64() : null),
        "beat" => new Arrival.Heartbeat(),
        _ => throw new InvalidOperationException($"An event of no known name: {name}"),
    };

    private static long? OffsetOf(JsonElement content, string field) => content.GetProperty(field) is { ValueKind: JsonValueKind.Number } offset ? offset.GetInt64() : null;
}
