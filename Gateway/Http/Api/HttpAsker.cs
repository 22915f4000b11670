using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Sessions;

namespace WhatsSound.Gateway.Http.Api;

/// <summary>Who asks over HTTP, for the time of one request: a user, one without, or a server by its key. It is attached to nothing, and in no room.</summary>
internal sealed class HttpAsker : IAsker, IDisposable
{
    private readonly CancellationTokenSource _late;
    private readonly CancellationTokenSource _givenUp;
    private int _bytesRead;

    /// <param name="http">The request.</param>
    /// <param name="grant">What its credential allows; null: it has none that counts.</param>
    /// <param name="isAnonymous">Whether it may ask without a user.</param>
    /// <param name="time">The clock.</param>
    public HttpAsker(HttpContext http, TokenGrant? grant, bool isAnonymous, TimeProvider time)
    {
        (Grant, IsAnonymous, IsTls, AddressKey) = (grant, isAnonymous, http.Request.IsHttps, Gateway.Identity.AddressKey.Of(http.Connection.RemoteIpAddress));
        _late = new CancellationTokenSource(RequestTurns.Within, time);
        _givenUp = CancellationTokenSource.CreateLinkedTokenSource(_late.Token, http.RequestAborted);
        GivenUp = _givenUp.Token;
    }

    /// <summary>All of an address that are nobody's are as one connection: none of them is a connection that others would have to share with.</summary>
    public string Id => $"http {AddressKey}";

    public TokenGrant? Grant { get; }

    public SessionIdentity? Identity => Grant as SessionIdentity;

    public string? KeyName => Grant?.KeyName;

    public bool IsAnonymous { get; }

    public bool IsTls { get; }

    public string AddressKey { get; }

    public Payer Payer => Identity is { } identity ? new(IsUser: true, identity.UserId) : KeyName is { } key ? new(IsUser: true, key, IsKey: true) : new(IsUser: false, AddressKey);

    public Payer? ConnectionPayer => IsAnonymous ? new(IsUser: false, $"connection {Id}") : null;

    public Payer? GuestsPayer => Identity is { IsGuest: true } ? new(IsUser: false, $"guests of {AddressKey}") : null;

    public string? ConnectionId => null;

    /// <summary>Kept apart from its source: what goes on after the answer may still ask for it.</summary>
    public CancellationToken GivenUp { get; }

    /// <summary>Whether the request has taken its time.</summary>
    public bool IsLate => _late.IsCancellationRequested;

    /// <summary>What was read of channels for the request.</summary>
    public int BytesRead => _bytesRead;

    public bool IsIn(string roomId) => false;

    public void HasRead(int bytes) => Interlocked.Add(ref _bytesRead, bytes);

    public void Dispose()
    {
        _givenUp.Dispose();
        _late.Dispose();
    }
}
