using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace WhatsSound.Client;

/// <summary>Keeps one authenticated connection for as long as it is not stopped: reconnects without end, with jitter, with a fresh token. Used in turns only.</summary>
internal sealed class Link
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan HungAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan GoodbyeTimeout = TimeSpan.FromSeconds(2);

    private readonly ConnectionOptions _options;
    private readonly Turns _turns;
    private readonly ILinkOwner _owner;
    private readonly Credentials _credentials;
    private readonly TransportChoice _choice = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly HashSet<Task> _goodbyes = [];
    private TaskCompletionSource _live = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _starting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenSource? _waiting;
    private long _openingSince;
    private bool _isStarted;

    public Link(ConnectionOptions options, Turns turns, ILinkOwner owner)
    {
        (_options, _turns, _owner) = (options, turns, owner);
        _credentials = new Credentials(options.Token, owner.OnFailed);
    }

    public ConnectionState State { get; private set; } = ConnectionState.Connecting;

    /// <summary>Who this client is, since it was first said.</summary>
    public Identity? Identity => _credentials.Identity;

    /// <summary>Cancelled when the link is closed.</summary>
    public CancellationToken Closed => _closing.Token;

    /// <summary>Why it is closed.</summary>
    public RefusedException? ClosedFor { get; private set; }

    /// <summary>Why the last attempt failed.</summary>
    public Exception? LastFailure { get; private set; }

    /// <summary>How many messages came that could not be read.</summary>
    public long Dropped { get; private set; }

    /// <summary>The connection of now, live or not yet.</summary>
    public Wire? Wire { get; private set; }

    /// <summary>
    /// Connects, and keeps connected; done when live for the first time. Idempotent. Refused for what another attempt will hardly change, though there is one, and once closed.
    /// </summary>
    public Task StartAsync()
    {
        if (!_isStarted)
        {
            _isStarted = true;
            _ = RunAsync();
        }

        return ClosedFor is { } reason ? Task.FromException(reason) : _starting.Task;
    }

    /// <summary>Ends everything. Nothing is sent afterwards; done when no socket and no timer is left, within 2 s. Idempotent.</summary>
    public async Task StopAsync()
    {
        Close(Refusals.Stopped());
        try
        {
            await Task.WhenAll(_goodbyes).WaitAsync(GoodbyeTimeout, _options.Time);
        }
        catch (TimeoutException)
        {
            // Whatever does not end by itself is not waited for.
        }
    }

    /// <summary>
    /// Connects now rather than later. An attempt under way may have begun in the old network: it has until it is 1.5 s old, and when it fails the next one follows at once.
    /// </summary>
    public void Wake()
    {
        _waiting?.Cancel();
        if (Wire is { ReturnAfter: null } wire && State != ConnectionState.Live)
            _ = HurryAsync(wire, Patience - _options.Time.GetElapsedTime(_openingSince));
    }

    /// <summary>Gives the current connection up, as if it had been closed: it is known not to answer.</summary>
    public void Drop()
    {
        if (Wire is { } wire)
            End(wire);
    }

    /// <summary>Sends once on the current connection, live or not yet.</summary>
    public Task<T> InvokeAsync<T>(string method, object request, JsonTypeInfo<T> type)
        where T : class => Wire is { } wire ? wire.InvokeAsync(method, request, type) : Task.FromException<T>(new LinkDownException());

    /// <summary>Shows a fresh token on the current connection.</summary>
    public Task AuthenticateAsync() => Wire is { } wire ? _credentials.ShowAsync(wire) : Task.FromException(new LinkDownException());

    /// <summary>Done when live; refused with <c>TIMEOUT</c> after a time.</summary>
    public async Task WhenLiveAsync(TimeSpan limit, CancellationToken wanted)
    {
        wanted.ThrowIfCancellationRequested();
        if (limit <= TimeSpan.Zero)
            throw Refusals.Unanswered();
        if (State == ConnectionState.Live)
            return;
        try
        {
            await _live.Task.WaitAsync(limit, _options.Time, wanted);
        }
        catch (TimeoutException)
        {
            throw Refusals.Unanswered();
        }
    }

    private async Task HurryAsync(Wire wire, TimeSpan left)
    {
        wire.ReturnAfter = TimeSpan.Zero;
        try
        {
            if (left > TimeSpan.Zero)
                await wire.PauseAsync(left, wire.Ended);
            if (Wire == wire && State != ConnectionState.Live)
                End(wire);
        }
        catch (OperationCanceledException)
        {
            // It has failed by itself.
        }
    }

    private async Task RunAsync()
    {
        for (var failures = 0.0; ClosedFor is null; failures++)
        {
            var started = _options.Time.GetTimestamp();
            if (TryMake() is not { } wire)
                return;
            failures = Backoff.FailuresAfter(failures, await ServeAsync(wire));
            await WaitAsync(wire.ReturnAfter ?? Backoff.Of(failures, _options.Time.GetElapsedTime(started), Random.Shared.NextDouble()));
        }
    }

    private Wire? TryMake()
    {
        try
        {
            _openingSince = _options.Time.GetTimestamp();
            return Wire = new Wire(_options, _choice.Next(), _turns, OnEvent, wire => End(wire));
        }
        catch (Exception exception)
        {
            // With these options there can be no connection, now or later.
            Close(Refusals.BadField("options", exception.Message));
            return null;
        }
    }

    /// <summary>One connection from start to end; for how long it was live.</summary>
    private async Task<TimeSpan> ServeAsync(Wire wire)
    {
        long? liveSince = null;
        Func<Exception, RefusedException?>? lasting = Lasting.OfAddress;
        try
        {
            await OpenAsync(wire);
            lasting = Lasting.OfToken;
            await _credentials.ShowAsync(wire);
            lasting = null;
            wire.EnsureOpen();
            _ = _credentials.KeepAsync(wire);
            await _owner.OnOpenedAsync(wire);
            wire.EnsureOpen();
            liveSince = _options.Time.GetTimestamp();
            wire.ReturnAfter = null;
            Tell(ConnectionState.Live);
            _live.TrySetResult();
            _starting.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, wire.Ended);
        }
        catch (Exception exception) when (exception is LinkDownException || wire.Ended.IsCancellationRequested)
        {
            // It has ended, which is what connections do.
        }
        catch (Exception exception)
        {
            LastFailure = exception;
            if (lasting?.Invoke(exception) is { } reason && !_starting.Task.IsCompleted)
                RefuseStart(reason);
            _owner.OnFailed(exception);
            if (exception is RefusedException { IsTakenBack: true } takenBack)
                Close(takenBack);
        }

        End(wire);
        return liveSince is { } since ? _options.Time.GetElapsedTime(since) : TimeSpan.Zero;
    }

    private async Task OpenAsync(Wire wire)
    {
        try
        {
            await wire.OpenAsync();
            _choice.Worked(wire.Plan);
        }
        catch (Exception)
        {
            _choice.Failed(wire.Plan, _options.Time.GetElapsedTime(_openingSince) >= HungAfter);
            throw;
        }
    }

    private void OnEvent(Wire wire, string name, JsonElement content)
    {
        if (name == "frame" && content.ReadOrNull(ClientJson.Default.FrameMessage) is { } frame)
            _owner.OnFrame(frame);
        else if (name == "lost" && content.ReadOrNull(ClientJson.Default.LostMessage) is { } lost)
            _owner.OnLost(lost);
        else if (name == "detached" && content.ReadOrNull(ClientJson.Default.DetachedMessage) is { } detached)
            _owner.OnDetached(detached);
        else if (name == "occupancy" && content.ReadOrNull(ClientJson.Default.Occupancy) is { } occupancy)
            _owner.OnOccupancy(occupancy);
        else if (name == "closing" && content.ReadOrNull(ClientJson.Default.ClosingMessage) is { } closing)
            OnClosing(wire, closing);
        else
            Dropped++;
    }

    private void OnClosing(Wire wire, ClosingMessage closing)
    {
        if (closing.ReconnectAfterMs is { } afterMs)
        {
            wire.ReturnAfter = Backoff.Spread(afterMs, Random.Shared.NextDouble());
            End(wire);
            return;
        }

        if (closing.Code == "TOKEN_REVOKED")
            _credentials.Forget();
        // For what came over it: another connection is as good as any, and what was too large is not sent again, nor a token that was taken back.
        var isBroken = closing.Code is "BAD_REQUEST" or "PAYLOAD_TOO_LARGE" or "TOKEN_REVOKED";
        var reason = Refusals.Ended(isBroken ? closing.Code : RefusalCodes.Closed, closing.Code);
        if (closing.Code == "PAYLOAD_TOO_LARGE")
            wire.RefuseLargest(reason.Refusal);
        if (isBroken)
            End(wire);
        else
            Close(reason);
        _owner.OnFailed(reason);
    }

    private void RefuseStart(RefusedException reason)
    {
        Observed(_starting, reason);
        _starting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Nobody waits for the goodbye of a connection, but for <see cref="StopAsync"/>.</summary>
    private void End(Wire wire)
    {
        if (Wire == wire)
            Wire = null;
        if (_live.Task.IsCompleted && ClosedFor is null)
            _live = new(TaskCreationOptions.RunContinuationsAsynchronously);
        if (State == ConnectionState.Live && ClosedFor is null)
            Tell(ConnectionState.Reconnecting);
        _ = SayGoodbyeAsync(wire.EndAsync());
    }

    private async Task SayGoodbyeAsync(Task goodbye)
    {
        if (!_goodbyes.Add(goodbye))
            return;
        await goodbye;
        _goodbyes.Remove(goodbye);
    }

    private async Task WaitAsync(TimeSpan time)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(Closed);
        _waiting = waiting;
        try
        {
            await Task.Delay(time, _options.Time, waiting.Token);
        }
        catch (OperationCanceledException)
        {
            // Woken, or closed.
        }
        finally
        {
            _waiting = null;
        }
    }

    private void Close(RefusedException reason)
    {
        if (ClosedFor is not null)
            return;
        ClosedFor = reason;
        if (Wire is { } wire)
            End(wire);
        Observed(_live, reason);
        Observed(_starting, reason);
        _closing.Cancel();
        Tell(ConnectionState.Closed);
    }

    /// <summary>A rejection that nobody hears is not unobserved.</summary>
    private static void Observed(TaskCompletionSource source, RefusedException reason)
    {
        if (source.TrySetException(reason))
            _ = source.Task.Exception;
    }

    private void Tell(ConnectionState state)
    {
        if (State == state || State == ConnectionState.Closed)
            return;
        State = state;
        _owner.OnState(state);
    }
}
