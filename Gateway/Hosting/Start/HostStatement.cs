namespace WhatsSound.Gateway.Hosting.Start;

/// <summary>What a program says of itself, in brackets, when it can be used: <c>storage Sqlite</c>.</summary>
/// <param name="Text">A few words.</param>
public sealed record HostStatement(string Text);
