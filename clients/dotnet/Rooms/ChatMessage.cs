namespace WhatsSound.Client;

/// <summary>What somebody said; who it was is the publisher.</summary>
public sealed record ChatMessage(string Text, string? DisplayName = null);
