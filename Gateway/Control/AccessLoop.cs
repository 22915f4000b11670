using System.Threading.Channels;
using WhatsSound.Channels;
using WhatsSound.Control;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Sessions;

namespace WhatsSound.Gateway.Control;

/// <summary>
/// Looks at what every session may when something was revoked, or a rule has changed: whose token counts no more goes, and what the rest may not any more ends. A change that comes meanwhile has one more round, however many
/// they are.
/// </summary>
internal sealed class AccessLoop(SessionRegistry sessions, SessionAccess access, ControlKnowledge knowledge, IRuleBook rules, ControlMeters meters, ILogger<AccessLoop> logger) : BackgroundService
{
    /// <summary>As many sessions are looked at before others have the thread.</summary>
    private const int AtOnceMax = 256;

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
        var looked = 0;
        foreach (var session in sessions.All)
        {
            Look(session);
            if (++looked % AtOnceMax == 0)
            {
                await Task.Yield();
                cancellationToken.ThrowIfCancellationRequested();
            }
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
