using System.Threading.Channels;
using WhatsSound.Channels;
using WhatsSound.Control;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Sessions;

namespace WhatsSound.Gateway.Control;

/// <summary>
/// Looks at what every session may when something was revoked, or a rule has changed: whose token counts no more goes, and what the rest may not any more ends. A change that comes meanwhile has one more round, however many
/// they are, and so has one that fails for a session, which keeps no other in.
/// </summary>
internal sealed class AccessLoop(SessionRegistry sessions, SessionAccess access, ControlKnowledge knowledge, IRuleBook rules, ControlMeters meters, TimeProvider time, ILogger<AccessLoop> logger) : BackgroundService
{
    /// <summary>As many sessions are looked at before others have the thread.</summary>
    private const int AtOnceMax = 256;

    /// <summary>After how long a round is repeated that failed for somebody: within the 2 s of a revocation several times.</summary>
    internal static readonly TimeSpan RepeatAfter = TimeSpan.FromMilliseconds(250);

    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        meters.Follow(knowledge);
        knowledge.Changed += OnChanged;
        rules.Changed += OnChanged;
        try
        {
            await Rounds.RunAsync(async token => await _changes.Reader.ReadAsync(token), (_, token) => LookAsync(token), logger, stoppingToken);
        }
        finally
        {
            knowledge.Changed -= OnChanged;
            rules.Changed -= OnChanged;
        }
    }

    /// <summary>One round over all sessions. Whose right is gone is not delivered to when this returns; the channels that are to be told are told in their turn.</summary>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        // A session that takes a token now looks by itself, after it has taken it: one of the two sees the other.
        Interlocked.MemoryBarrier();
        var (looked, isWhole) = (0, true);
        foreach (var session in sessions.All)
        {
            isWhole &= TryLook(session);
            if (++looked % AtOnceMax == 0)
            {
                await Task.Yield();
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        if (isWhole)
            return;
        await Task.Delay(RepeatAfter, time, cancellationToken);
        OnChanged(this, EventArgs.Empty);
    }

    private bool TryLook(Session session)
    {
        try
        {
            Look(session);
            return true;
        }
        catch (Exception exception)
        {
            DeliveryLog.RoundFailed(logger, exception);
            return false;
        }
    }

    private void Look(Session session)
    {
        if (session.Grant is not { } grant || !knowledge.IsRevoked(grant.Facts))
        {
            _ = access.CheckAsync(session);
            return;
        }

        if (session.Outbox.Goodbye is null)
            meters.Revoked();
        _ = access.RevokeAsync(session);
    }

    private void OnChanged(object? sender, EventArgs e) => _changes.Writer.TryWrite(true);
}
