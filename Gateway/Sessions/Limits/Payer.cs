namespace WhatsSound.Gateway.Sessions;

/// <summary>Whose allowance a session takes from: its user's, or, while it has none, that of the address it comes from.</summary>
internal readonly record struct Payer(bool IsUser, string Key);
