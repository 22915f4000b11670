using System.Diagnostics.CodeAnalysis;

namespace WhatsSound.Client;

/// <summary>What became of a request: its result, or a refusal. Nothing that a server or a network does is an exception.</summary>
/// <typeparam name="T">The result.</typeparam>
public sealed class Answer<T>
{
    private readonly T? _value;

    internal Answer(T value) => _value = value;

    internal Answer(Refusal refusal) => Refusal = refusal;

    /// <summary>Why it was refused; null if it was carried out.</summary>
    public Refusal? Refusal { get; }

    /// <summary>Whether it was refused.</summary>
    [MemberNotNullWhen(true, nameof(Refusal))]
    public bool IsRefused => Refusal is not null;

    /// <summary>The result.</summary>
    /// <exception cref="RefusedException">It was refused.</exception>
    public T Value => IsRefused ? throw new RefusedException(Refusal) : _value!;
}
