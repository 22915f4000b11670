using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Requests;

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

    /// <summary>Whether a server may ask by its key, which is no user's: what it is carried out on says what it may.</summary>
    public bool IsForServer { get; init; }

    /// <summary>The fields that it takes, each with its bounds.</summary>
    public abstract IReadOnlyList<RequestField> Takes { get; }

    /// <summary>Their names.</summary>
    public IReadOnlySet<string> Fields => Takes.Select(static one => one.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>How what it is answered with is written.</summary>
    public abstract JsonTypeInfo ResultType { get; }

    /// <summary>Takes it from what the session may ask for; otherwise the refusal. For doors that ask before they read the body; null: there is no such request.</summary>
    public static Refusal? Take(SessionConduct conduct, Session session, SessionRequest? request) =>
        conduct.Take(session, request?.Kind == CallKind.Report, ReferenceEquals(request, ConnectionRequests.Authenticate));

    /// <summary>Nothing is trusted because somebody said so: a user id in a request must be that of whoever asks.</summary>
    public static Refusal? RefuseUserId(JsonElement body, IAsker asker) =>
        (asker.Identity is null && !asker.IsAnonymous && asker.KeyName is null)
        || !body.TryGetProperty("userId"u8, out var userId)
        || (userId.ValueKind == JsonValueKind.String && JsonText.TryRead(userId, out var text) && string.Equals(text, asker.Identity?.UserId, StringComparison.Ordinal))
            ? null
            : Refusals.Final(RefusalCode.Forbidden, "The request names another user than the connection's.", "userId");

    /// <summary>Reads the fields of a JSON object, authorises, and carries out.</summary>
    public abstract Task<Reply> RunAsync(Call call, JsonElement body);
}
