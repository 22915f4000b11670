namespace WhatsSound.Client;

/// <summary>The connection was lost before the answer came. Within the client this means: send again when live.</summary>
internal sealed class LinkDownException() : Exception("The connection was lost before an answer came.");
