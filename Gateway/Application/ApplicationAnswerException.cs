namespace WhatsSound.Gateway.Application;

/// <summary>The app's server has answered, and what it says is neither a yes nor a no: it lives, and whoever asked is refused.</summary>
internal sealed class ApplicationAnswerException(string message, Exception? inner = null) : Exception(message, inner);
