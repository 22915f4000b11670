using System.Buffers;
using System.Text.Json;
using WhatsSound.Gateway.Identity;
using WhatsSound.Text;
using WhatsSound.Users;

namespace WhatsSound.Gateway.Application;

/// <summary>What becomes of a token when an app has said what it knows: never more than the token says.</summary>
internal static class ConnectRules
{
    /// <summary>Null: what the app says is none of what there is. A name that a token could not have is passed over.</summary>
    public static TokenGrant? Narrow(TokenGrant grant, ConnectFacts facts)
    {
        CapabilitySet? within = null;
        if (facts.Capabilities is not null && (within = TryRead(facts.Capabilities)) is null)
            return null;
        var narrowed = grant with { Within = within, ExpiresAt = Earlier(grant.ExpiresAt, facts.ExpiresAtMs) };
        return narrowed is SessionIdentity identity && facts.DisplayName is { Length: <= DisplayName.LengthMax } name && VisibleText.IsValid(name)
            ? identity with { DisplayName = name }
            : narrowed;
    }

    private static DateTimeOffset Earlier(DateTimeOffset expiresAt, long? givenMs) =>
        givenMs is { } ms && ms < expiresAt.ToUnixTimeMilliseconds() ? DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(0, ms)) : expiresAt;

    /// <summary>By the reader of tokens, so that both mean the same.</summary>
    private static CapabilitySet? TryRead(IReadOnlyDictionary<string, IReadOnlyList<string>> capabilities)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            foreach (var (pattern, words) in capabilities)
            {
                if (words is null)
                    return null;
                json.WriteStartArray(pattern);
                foreach (var word in words)
                    json.WriteStringValue(word);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        using var document = JsonDocument.Parse(bytes.WrittenMemory);
        return CapabilitySet.TryRead(document.RootElement);
    }
}
