namespace WhatsSound.Client;

/// <summary>A song as its adder describes it. The address is absolute, or a path of the server.</summary>
public sealed record Track(string Url, string Title, long DurationMs, string? Artist = null);
