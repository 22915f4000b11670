namespace WhatsSound.Client;

/// <summary>The request of a method without fields.</summary>
internal sealed record NoFields;
