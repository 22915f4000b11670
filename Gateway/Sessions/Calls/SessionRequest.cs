using System.Text.Json;
using WhatsSound.Gateway.Messages;

namespace WhatsSound.Gateway.Sessions.Calls;

/// <summary>One thing that a session may ask for, the same through every door: <see cref="RequestCatalogue"/> has them all.</summary>
internal abstract class SessionRequest(string name, CallKind kind)
{
    /// <summary>As docs/protocol.md names it.</summary>
    public string Name => name;

    public CallKind Kind => kind;

    /// <summary>Whether the answer may be large: then it is refused while the user's last ones are not paid for.</summary>
    public bool IsRead { get; init; }

    /// <summary>Reads the fields of a JSON object, authorises, and carries out.</summary>
    public abstract Task<Reply> RunAsync(Call call, JsonElement body);
}
