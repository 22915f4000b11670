using WhatsSound.Gateway.Identity;

namespace WhatsSound.Gateway.Sessions.Calls;

/// <summary>One request of a session while it is carried out.</summary>
internal sealed class Call(Session session, CallServices services)
{
    /// <summary>When it came, in microseconds of room time.</summary>
    private readonly long _receivedUs = services.Clock.NowUs;

    public Session Session => session;

    public CallServices Services => services;

    public long ReceivedUs => _receivedUs;

    /// <summary>For a request that was admitted with an identity.</summary>
    public SessionIdentity Identity => session.Identity!;

    /// <summary>What a kind of request counts against beyond those of all.</summary>
    public Refusal? RefuseRate(CallKind kind) => kind == CallKind.Snapshot ? services.Allowances.TakeSnapshot(session) : null;
}
