namespace WhatsSound.Embedded.Copying;

/// <summary>A type can neither be shared nor copied; the message names it and says what to do.</summary>
internal sealed class UncopyableTypeException(Type type, string why)
    : Exception($"{type} cannot cross a grain call: {why}. Mark it [GenerateSerializer] and its members [Id(n)]; add [Immutable] if it never changes.");
