using WhatsSound.Gateway.Identity;

namespace WhatsSound.Gateway.Sessions;

/// <summary>
/// Who asks for something: a connection, or a request of HTTP. What they may, and what it costs whom, depends on what is said here and on nothing else. What needs more than that, such as an attachment, needs a
/// <see cref="Session"/>.
/// </summary>
internal interface IAsker
{
    /// <summary>By what it is told from others on this gateway, and from connections on all.</summary>
    string Id { get; }

    /// <summary>What the credential allows that was shown last and accepted; null: none was.</summary>
    TokenGrant? Grant { get; }

    /// <summary>Whose the request is; null: nobody's, or a server's.</summary>
    SessionIdentity? Identity { get; }

    /// <summary>The name of a server's key, which acts for no user; null: it is none.</summary>
    string? KeyName { get; }

    /// <summary>Whether it may ask without a user, and do what channels' rules give to such.</summary>
    bool IsAnonymous { get; }

    /// <summary>Whether it came over TLS.</summary>
    bool IsTls { get; }

    /// <summary>What the address counts as that it comes from.</summary>
    string AddressKey { get; }

    /// <inheritdoc cref="Sessions.Payer"/>
    Payer Payer { get; }

    /// <summary>What one without a user takes from, besides what all such of the address have; null: it has a user, or may not ask without.</summary>
    Payer? ConnectionPayer { get; }

    /// <summary>What all guests of the address take from together, besides each from their own; null: no guest's.</summary>
    Payer? GuestsPayer { get; }

    /// <summary>The connection that its publications are said to come from; null: they come from none.</summary>
    string? ConnectionId { get; }

    /// <summary>Cancelled when nobody waits for the answer any more, or it has taken its time.</summary>
    CancellationToken GivenUp { get; }

    /// <summary>Whether it has joined the room, and not left it. What the user's other connections have joined does not count.</summary>
    bool IsIn(string roomId);

    /// <summary>So many bytes of channels were read for it, which it pays for.</summary>
    void HasRead(int bytes);
}
