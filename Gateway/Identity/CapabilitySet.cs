using System.Text.Json;
using WhatsSound.Channels;
using WhatsSound.Gateway.Requests;

namespace WhatsSound.Gateway.Identity;

/// <summary>The <c>cap</c> claim of a token: channel pattern to what is allowed there. What no pattern allows is forbidden.</summary>
internal sealed class CapabilitySet
{
    /// <summary>More patterns than this make a token invalid: each request walks over them.</summary>
    public const int PatternsMax = 64;

    private readonly (string Pattern, Capability Allowed)[] _patterns;

    /// <summary>The words by which tokens and keys have capabilities.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. Enum.GetValues<Capability>().Where(static capability => capability != Capability.None).Select(NameOf)];

    private CapabilitySet((string Pattern, Capability Allowed)[] patterns) => _patterns = patterns;

    public bool Allows(Capability capability, string channel)
    {
        foreach (var (pattern, allowed) in _patterns)
        {
            if (allowed.HasFlag(capability) && ChannelPattern.Matches(pattern, channel))
                return true;
        }

        return false;
    }

    /// <summary>Whether all that the other allows is allowed here too.</summary>
    public bool Covers(CapabilitySet other) => other._patterns.All(one => Enum.GetValues<Capability>().Where(capability => capability != Capability.None && one.Allowed.HasFlag(capability)).All(capability => Allows(capability, one.Pattern)));

    /// <summary>The same, but for what is about all of the app.</summary>
    public CapabilitySet WithoutAdmin() => new([.. _patterns.Select(static one => (one.Pattern, one.Allowed & ~Capability.Admin))]);

    /// <summary>What is allowed where; words that mean nothing grant nothing.</summary>
    public static CapabilitySet Of(IEnumerable<(string Pattern, string[] Words)> capabilities) =>
        new([.. capabilities.Select(static one => (one.Pattern, one.Words.Aggregate(Capability.None, static (allowed, word) => allowed | Named(word))))]);

    /// <summary>Null where the claim has not the form that docs/protocol.md gives.</summary>
    public static CapabilitySet? TryRead(JsonElement claim)
    {
        if (claim.ValueKind != JsonValueKind.Object)
            return null;
        var patterns = new List<(string, Capability)>();
        foreach (var property in claim.EnumerateObject())
        {
            if (patterns.Count == PatternsMax || !JsonText.TryReadName(property, out var pattern) || !ChannelPattern.IsValid(pattern))
                return null;
            if (TryReadList(property.Value) is not { } allowed)
                return null;
            patterns.Add((pattern, allowed));
        }

        return new CapabilitySet([.. patterns]);
    }

    /// <summary>The word by which tokens have it.</summary>
    public static string NameOf(Capability capability) => capability switch
    {
        Capability.Subscribe => "subscribe",
        Capability.Publish => "publish",
        Capability.Admin => "admin",
        _ => "presence",
    };

    /// <summary>A word that a later version knows grants nothing here, and does no harm.</summary>
    private static Capability Named(string word) => word switch
    {
        "subscribe" => Capability.Subscribe,
        "publish" => Capability.Publish,
        "presence" => Capability.Presence,
        "admin" => Capability.Admin,
        _ => Capability.None,
    };

    private static Capability? TryReadList(JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array)
            return null;
        var allowed = Capability.None;
        foreach (var word in list.EnumerateArray())
        {
            if (word.ValueKind != JsonValueKind.String || !JsonText.TryRead(word, out var text))
                return null;
            allowed |= Named(text);
        }

        return allowed;
    }
}
