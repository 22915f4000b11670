using System.Text.Json;
using Microsoft.Extensions.Options;
using WhatsSound.Channels;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Requests;
using WhatsSound.Gateway.Sessions.Calls;
using WhatsSound.Users;

namespace WhatsSound.Gateway.Http.Api.Requests;

/// <summary>Issues tokens to whoever may (<c>admin</c>): they allow nothing that the token or key does not allow that asks for them, and do not outlast it.</summary>
internal sealed class TokenDesk(TokenIssuer issuer, IOptions<ApiOptions> options, TimeProvider time)
{
    /// <summary>64 patterns, as long as channel names are on the whole.</summary>
    private const int CapabilitiesBytesMax = 8 * 1024;

    private const long LifetimeMsMin = 1_000;
    private const string CapabilitiesField = "capabilities";

    public TypedRequest<TokenArguments, IssuedToken> Issue => new(
        "IssueToken", CallKind.Command, Read, AdminRequests.Refuse, (call, arguments) => Task.FromResult(IssueFor(call, arguments)), ApiJson.Default.IssuedToken) { IsForServer = true };

    private TokenArguments Read(RequestReader reader)
    {
        var userId = reader.Text("ofUserId", 1, UserId.LengthMax);
        if (!UserId.IsValid(userId))
            reader.Refuse("ofUserId", $"must be {UserId.Form}");
        return new TokenArguments(
            userId,
            reader.OptionalText("name", DisplayName.LengthMax),
            TimeSpan.FromMilliseconds(reader.Integer("lifetimeMs", LifetimeMsMin, (long)options.Value.TokenLifetimeMax.TotalMilliseconds)),
            ReadCapabilities(reader));
    }

    private static Dictionary<string, string[]> ReadCapabilities(RequestReader reader)
    {
        var json = reader.Object(CapabilitiesField, CapabilitiesBytesMax);
        var capabilities = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (reader.Refusal is not null || json.Length == 0)
            return capabilities;
        using var document = JsonDocument.Parse(json.Utf8);
        foreach (var one in document.RootElement.EnumerateObject())
        {
            if (WordsOf(one.Value) is { } words && ChannelPattern.IsValid(one.Name) && capabilities.Count < CapabilitySet.PatternsMax)
                capabilities[one.Name] = words;
            else
                reader.Refuse(CapabilitiesField, $"must have at most {CapabilitySet.PatternsMax} patterns of channels, each with a list of {string.Join(", ", CapabilitySet.Words)}");
        }

        return capabilities;
    }

    /// <summary>Null: it is no list of words that mean something.</summary>
    private static string[]? WordsOf(JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array)
            return null;
        var words = list.EnumerateArray().Select(static word => word.ValueKind == JsonValueKind.String && JsonText.TryRead(word, out var text) ? text : "").ToArray();
        return words.All(static word => CapabilitySet.Words.Contains(word, StringComparer.Ordinal)) ? words : null;
    }

    private Answer<IssuedToken> IssueFor(Call call, TokenArguments arguments)
    {
        if (!issuer.CanSign)
            return Refusals.Final(RefusalCode.Forbidden, "This server has no secret to sign tokens with.", "signingKey");
        var asked = CapabilitySet.Of(arguments.Capabilities.Select(static one => (one.Key, one.Value)));
        if (call.Asker.Grant!.Capabilities is not { } own || !own.Covers(asked) || call.Asker.Grant.Within?.Covers(asked) == false)
            return Refusals.Final(RefusalCode.Forbidden, "A token that is issued may allow nothing that the one does not allow that asks for it.", CapabilitiesField);
        // Or one token would give the next, for ever.
        if (call.Asker.KeyName is null && arguments.Capabilities.Values.Any(static words => words.Contains(CapabilitySet.NameOf(Capability.Admin), StringComparer.Ordinal)))
            return Refusals.Final(RefusalCode.Forbidden, "Only a server's key gives a token that is about all of the app.", CapabilitiesField);
        var (expiresAt, end) = (time.GetUtcNow() + arguments.Lifetime, call.Asker.Grant.StatedExpiry ?? call.Asker.Grant.ExpiresAt);
        if (end < expiresAt)
            expiresAt = end;
        return new IssuedToken(issuer.Issue(arguments.UserId, arguments.Name, expiresAt, arguments.Capabilities, TokenGiver.Of(call.Asker.Grant)), expiresAt.ToUnixTimeMilliseconds());
    }

    internal sealed record TokenArguments(string UserId, string? Name, TimeSpan Lifetime, IReadOnlyDictionary<string, string[]> Capabilities);
}
