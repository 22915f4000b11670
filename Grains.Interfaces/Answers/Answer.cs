using System.Diagnostics.CodeAnalysis;

namespace WhatsSound;

/// <summary>The answer to a command: either a value or a <see cref="Refusal"/>, never both. Exceptions are left to bugs and broken dependencies.</summary>
/// <typeparam name="T">What a carried-out command answers.</typeparam>
[GenerateSerializer, Immutable, Alias("ws.Answer`1")]
public sealed record Answer<T>
    where T : class
{
    /// <summary>The value; null exactly when refused.</summary>
    [Id(0)] public T? Value { get; init; }

    /// <summary>The refusal; null exactly when carried out.</summary>
    [Id(1)] public Refusal? Refusal { get; init; }

    /// <summary>Whether the command was refused.</summary>
    [MemberNotNullWhen(true, nameof(Refusal))]
    [MemberNotNullWhen(false, nameof(Value))]
    public bool IsRefused => Refusal is not null;

    /// <summary>Wraps a value.</summary>
    public static implicit operator Answer<T>(T value) => new() { Value = value };

    /// <summary>Wraps a refusal.</summary>
    public static implicit operator Answer<T>(Refusal refusal) => new() { Refusal = refusal };
}
