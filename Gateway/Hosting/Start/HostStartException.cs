namespace WhatsSound.Gateway.Hosting.Start;

/// <summary>The program cannot start; the message is one sentence for an operator.</summary>
public sealed class HostStartException(string sentence, Exception? inner = null) : Exception(sentence, inner);
