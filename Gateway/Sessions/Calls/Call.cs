using WhatsSound.Gateway.Identity;

namespace WhatsSound.Gateway.Sessions.Calls;

/// <summary>One request while it is carried out.</summary>
internal sealed class Call(IAsker asker, CallServices services)
{
    /// <summary>When it came, in microseconds of room time.</summary>
    private readonly long _receivedUs = services.Clock.NowUs;

    public IAsker Asker => asker;

    /// <summary>The connection that asks; for requests that need one, which nobody else can make: <see cref="SessionRequest.NeedsConnection"/>.</summary>
    public Session Session => (Session)asker;

    public CallServices Services => services;

    public long ReceivedUs => _receivedUs;

    /// <summary>For a request that was admitted with an identity.</summary>
    public SessionIdentity Identity => asker.Identity!;

    /// <summary>What a kind of request counts against beyond those of all.</summary>
    public Refusal? RefuseRate(CallKind kind) => kind == CallKind.Snapshot ? services.Allowances.TakeSnapshot(asker) : null;
}
