namespace WhatsSound.Client;

/// <summary>Shows the server who this client is: with a fresh token on each connection, and with another one before that runs out.</summary>
internal sealed class Credentials(Func<CancellationToken, Task<string>> token, Action<Exception> onFailed)
{
    private static readonly TimeSpan RenewBefore = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RenewalLeast = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RenewalMost = TimeSpan.FromDays(20);

    private (Wire Wire, Task Done)? _showing;
    private string? _shown;

    /// <summary>What the server has taken back: it is not shown again.</summary>
    private string? _revoked;

    /// <summary>Who this client is, since it was first said.</summary>
    public Identity? Identity { get; private set; }

    /// <summary>Shows a fresh token, once however many ask for it.</summary>
    public Task ShowAsync(Wire wire)
    {
        if (_showing is { } showing && showing.Wire == wire && !showing.Done.IsCompleted)
            return showing.Done;
        var done = ShowOnceAsync(wire);
        _showing = (wire, done);
        return done;
    }

    /// <summary>The server has taken back what was shown last.</summary>
    public void Forget() => _revoked = _shown;

    /// <summary>Renews the token until the connection ends; a renewal that failed is tried again after 30 s.</summary>
    public async Task KeepAsync(Wire wire)
    {
        try
        {
            while (true)
            {
                await wire.PauseAsync(await RenewalAsync(wire), wire.Ended);
                await RenewAsync(wire);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or LinkDownException)
        {
            // The connection has ended.
        }
    }

    private async Task RenewAsync(Wire wire)
    {
        try
        {
            await ShowAsync(wire);
        }
        catch (Exception exception) when (exception is not LinkDownException)
        {
            onFailed(exception);
        }
    }

    private async Task ShowOnceAsync(Wire wire)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(wire.Ended);
        try
        {
            var fresh = await wire.StepAsync(Task.Run(() => token(over.Token), over.Token));
            if (string.IsNullOrEmpty(fresh))
                throw new InvalidOperationException("The token function answered nothing.");
            if (fresh == _revoked)
                throw Refusals.TakenBack();
            _shown = fresh;
            Identity = await wire.InvokeAsync("Authenticate", new AuthenticateRequest(fresh), ClientJson.Default.Identity);
        }
        catch (RefusedException refused) when (refused.Refusal.Code == "TOKEN_REVOKED")
        {
            _revoked = _shown;
            throw;
        }
        finally
        {
            await over.CancelAsync();
        }
    }

    /// <summary>How long until the token should be renewed, by the server's clock: this machine's may be hours off.</summary>
    private async Task<TimeSpan> RenewalAsync(Wire wire)
    {
        try
        {
            var now = await wire.InvokeAsync("Time", new TimeRequest(0), ClientJson.Default.TimeAnswer);
            var life = TimeSpan.FromMilliseconds(Math.Clamp(Identity!.ExpiresAtMs - now.T3Us / 1_000.0, 0, RenewalMost.TotalMilliseconds));
            TimeSpan[] wishes = [life - RenewBefore, life / 2, RenewalLeast];
            return wishes.Max();
        }
        catch (RefusedException)
        {
            return RenewalLeast;
        }
    }
}
