namespace WhatsSound.Control;

/// <summary>That tokens count no more, at all or on some channels.</summary>
[GenerateSerializer, Immutable, Alias("ws.Revocation")]
public sealed record Revocation
{
    /// <summary>The most characters of <see cref="Value"/>.</summary>
    public const int ValueCharsMax = 256;

    /// <summary>What <see cref="UntilMs"/> is where there is no end: the last millisecond of the year 9999.</summary>
    public const long ForGoodMs = 253_402_300_799_999;

    /// <summary>Whose.</summary>
    [Id(0)] public required RevocationKind Kind { get; init; }

    /// <summary>The user id, the token's id, or the key's name; null for everybody.</summary>
    [Id(1)] public string? Value { get; init; }

    /// <summary>The pattern of the channels on which they count no more; null: they do not count at all.</summary>
    [Id(2)] public string? Channel { get; init; }

    /// <summary>
    /// Only those that were issued before this time, Unix milliseconds, by the clock of whoever issued them; one that does not say when counts as issued before. Null: whenever they were issued.
    /// </summary>
    [Id(3)] public long? IssuedBeforeMs { get; init; }

    /// <summary>Above those of all before it; given by the grain.</summary>
    [Id(4)] public long Number { get; init; }

    /// <summary>When it was made, room time; given by the grain.</summary>
    [Id(5)] public long AtMs { get; init; }

    /// <summary>Until when it is kept, room time: by then every token that it is about has run out, which a server's key does not (<see cref="ForGoodMs"/>). Given by the grain.</summary>
    [Id(6)] public long UntilMs { get; init; }

    /// <summary>Whether it is told to followers that what was about the same does not hold any more. Given by the grain.</summary>
    [Id(7)] public bool IsTakenBack { get; init; }

    /// <summary>Whether the other is about the same, so that one of the two is enough.</summary>
    public bool IsAboutSame(Revocation other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Kind == other.Kind && string.Equals(Value, other.Value, StringComparison.Ordinal) && string.Equals(Channel, other.Channel, StringComparison.Ordinal);
    }
}
