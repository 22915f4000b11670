namespace WhatsSound.Client;

/// <summary>The request of <c>Time</c>.</summary>
internal sealed record TimeRequest(long T1Us);
