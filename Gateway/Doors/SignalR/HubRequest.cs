using System.Text.Json;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Gateway.Sessions.Calls;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>A call of a client, on its way through SignalR's dispatcher, which is not told its id: SignalR would answer it by a way of its own.</summary>
internal sealed record HubRequest
{
    /// <summary>Whose it is.</summary>
    public required Session Session { get; init; }

    /// <summary>By what the client knows it; null: it wants no answer.</summary>
    public string? InvocationId { get; init; }

    /// <summary>What is asked for; null: <see cref="Refusal"/> says why nothing is.</summary>
    public SessionRequest? Request { get; init; }

    public JsonElement Body { get; init; }

    public Refusal? Refusal { get; init; }
}
