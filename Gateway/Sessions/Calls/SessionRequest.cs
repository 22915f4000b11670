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

    /// <summary>Whether a session that stays without a user may ask: what it is carried out on says what it may.</summary>
    public bool IsForAnonymous { get; init; }

    /// <summary>Whether it is about the connection that it comes over, such as what that is attached to: whoever has none cannot make it.</summary>
    public bool NeedsConnection { get; init; }

    /// <summary>The names of the fields that it takes.</summary>
    public abstract IReadOnlySet<string> Fields { get; }

    /// <summary>Takes it from what the session may ask for; otherwise the refusal. For doors that ask before they read the body; null: there is no such request.</summary>
    public static Refusal? Take(SessionConduct conduct, Session session, SessionRequest? request) =>
        conduct.Take(session, request?.Kind == CallKind.Report, ReferenceEquals(request, ConnectionRequests.Authenticate));

    /// <summary>Reads the fields of a JSON object, authorises, and carries out.</summary>
    public abstract Task<Reply> RunAsync(Call call, JsonElement body);
}
