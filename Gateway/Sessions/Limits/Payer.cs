namespace WhatsSound.Gateway.Sessions;

/// <summary>Whose allowance is taken from: the user's, the server's by its key, or, where there is neither, that of the address.</summary>
/// <param name="IsUser">Whether it has what one user has.</param>
/// <param name="Key">The name.</param>
/// <param name="IsKey">Whether it is that of a server's key, which may be called as a user is.</param>
internal readonly record struct Payer(bool IsUser, string Key, bool IsKey = false);
