namespace WhatsSound.Start;

/// <summary>The program cannot start, or not with this database. The message is one sentence for an operator, and says what to do where that is known.</summary>
public sealed class HostStartException(string sentence, Exception? inner = null) : Exception(sentence, inner);
