namespace WhatsSound.Grains.Storage;

/// <summary>This database cannot be used. The message is one sentence for an operator, and says what to do where that is known.</summary>
public sealed class StorageStartException(string sentence, Exception? inner = null) : Exception(sentence, inner);
