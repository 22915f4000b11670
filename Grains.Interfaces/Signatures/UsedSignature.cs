namespace WhatsSound.Signatures;

/// <summary>A signature of a request.</summary>
[GenerateSerializer, Immutable, Alias("ws.UsedSignature")]
public sealed record UsedSignature
{
    /// <summary>Half of the signature's bytes: 128 bits tell apart what nobody can choose who has no key.</summary>
    [Id(0)] public required Guid Half { get; init; }

    /// <summary>When it was made, by the clock of whoever made it, in Unix milliseconds; it is part of what is signed.</summary>
    [Id(1)] public required long TimeMs { get; init; }
}
