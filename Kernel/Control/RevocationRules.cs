using WhatsSound.Channels;

namespace WhatsSound.Control;

/// <summary>Which revocations are taken.</summary>
public static class RevocationRules
{
    /// <summary>How far ahead of this clock the time may be before which tokens were issued: whoever issues them may have a clock that is ahead, and more would be a mistake in the unit.</summary>
    public static readonly TimeSpan AheadMax = TimeSpan.FromMinutes(10);

    /// <summary>Null, or BAD_REQUEST.</summary>
    public static Refusal? Check(Revocation? revocation, long nowMs)
    {
        if (revocation is null || !Enum.IsDefined(revocation.Kind))
            return Refusals.WrongField("kind", "must be 'everybody', 'user', 'token' or 'key'");
        if (revocation.Kind == RevocationKind.Everybody ? revocation.Value is not null : !IsName(revocation.Value))
            return Refusals.WrongField("value", $"must be the user id, the token's id or the key's name, of 1 to {Revocation.ValueCharsMax} characters, none of them a control character; for everybody there is none");
        if (revocation.Channel is { } channel && !(ChannelPattern.IsValid(channel) && ChannelPattern.HasWholeStars(channel)))
            return Refusals.WrongField("channel", "must be a channel name, in which a segment between colons may be '*'");
        if (revocation.IssuedBeforeMs is { } before && (before <= 0 || before > nowMs + (long)AheadMax.TotalMilliseconds))
            return Refusals.WrongField("issuedBeforeMs", $"must be a time in milliseconds since 1970, and at most {AheadMax.TotalMinutes} minutes ahead");
        return null;
    }

    /// <summary>
    /// With the time before which tokens are meant, where that is not said: those of users, and everybody's, until now, so that who gets a new one comes in again. A token, and a server's key with all that it gives, is meant for good.
    /// </summary>
    public static Revocation WithTime(Revocation revocation, long nowMs)
    {
        ArgumentNullException.ThrowIfNull(revocation);
        return revocation is { IssuedBeforeMs: null, Kind: RevocationKind.User or RevocationKind.Everybody } ? revocation with { IssuedBeforeMs = nowMs } : revocation;
    }

    /// <summary>What holds of two that are about the same: the later time, or all.</summary>
    public static Revocation Both(Revocation before, Revocation revocation)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(revocation);
        return revocation with { IssuedBeforeMs = before.IssuedBeforeMs is { } one && revocation.IssuedBeforeMs is { } other ? Math.Max(one, other) : null };
    }

    private static bool IsName(string? value) => value is { Length: >= 1 and <= Revocation.ValueCharsMax } && !value.Any(char.IsControl);
}
