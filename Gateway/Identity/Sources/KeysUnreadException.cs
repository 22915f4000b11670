namespace WhatsSound.Gateway.Identity.Sources;

/// <summary>Keys could not be read: the message says what is wrong with their source, for the log.</summary>
internal sealed class KeysUnreadException(string message) : Exception(message);
