using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace WhatsSound.Client;

/// <summary>
/// One connection, from its first byte to its last. Whatever waits on it waits 10 s at most, and fails with <see cref="LinkDownException"/> when the connection ends.
/// SignalR's own reconnect stays off: it gives up, and cannot recover by position.
/// </summary>
internal sealed class Wire
{
    private static readonly TimeSpan StepTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan GoodbyeTimeout = TimeSpan.FromSeconds(1);
    private static readonly string[] EventNames = ["frame", "lost", "detached", "occupancy", "closing"];

    private readonly ConnectionOptions _options;
    private readonly CancellationTokenSource _ending = new();
    private readonly CancellationTokenSource _gone = new();
    private readonly HubConnection _hub;
    private readonly Action<Wire> _onEnded;
    private readonly List<PendingCall> _calls = [];
    private WebSocket? _socket;
    private Task? _closing;

    public Wire(ConnectionOptions options, TransportPlan plan, Turns turns, Action<Wire, string, JsonElement> onEvent, Action<Wire> onEnded)
    {
        (_options, Plan, _onEnded) = (options, plan, onEnded);
        _hub = Build();
        foreach (var name in EventNames)
            _hub.On<JsonElement>(name, content => turns.Post(() => Hear(name, content, onEvent)));
        _hub.Closed += reason =>
        {
            turns.Post(() => _ = EndAsync());
            return Task.CompletedTask;
        };
    }

    /// <summary>How it is made.</summary>
    public TransportPlan Plan { get; }

    /// <summary>Cancelled when the connection ends.</summary>
    public CancellationToken Ended => _ending.Token;

    /// <summary>How long to stay away afterwards, if somebody said so: the server, or who ended it.</summary>
    public TimeSpan? ReturnAfter { get; set; }

    public Task OpenAsync() => StepAsync(_hub.StartAsync(Ended));

    /// <summary>Sends once; not at all what the server would not take.</summary>
    public async Task<T> InvokeAsync<T>(string method, object request, JsonTypeInfo<T> type)
        where T : class
    {
        EnsureOpen();
        var call = new PendingCall(RequestBytes.Of(request, _options.RequestBytesMax));
        _calls.Add(call);
        try
        {
            return await AskAsync(method, request, type);
        }
        catch (LinkDownException) when (call.Refusal is { } refusal)
        {
            throw new RefusedException(refusal);
        }
        finally
        {
            _calls.Remove(call);
        }
    }

    /// <summary>The server ends the connection for something too large: the largest of what has no answer is refused once it has ended, and the rest may be sent again.</summary>
    public void RefuseLargest(Refusal refusal)
    {
        if (_calls.MaxBy(call => call.Bytes) is { } largest)
            largest.Refusal = refusal;
    }

    /// <summary>Awaits something that this connection needs, for 10 s at most.</summary>
    public async Task<T> StepAsync<T>(Task<T> task)
    {
        await StepAsync((Task)task);
        return await task;
    }

    public async Task StepAsync(Task task)
    {
        try
        {
            await task.WaitAsync(StepTimeout, _options.Time, Ended);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            Forget(task);
            throw Refusals.Unanswered();
        }
        catch (OperationCanceledException) when (Ended.IsCancellationRequested)
        {
            Forget(task);
            throw new LinkDownException();
        }
    }

    public Task PauseAsync(TimeSpan time, CancellationToken cancellationToken) => Task.Delay(time, _options.Time, cancellationToken);

    public void EnsureOpen()
    {
        if (Ended.IsCancellationRequested)
            throw new LinkDownException();
    }

    /// <summary>Ends it at once for everybody here; done when nothing of it is left, which nobody has to await.</summary>
    public Task EndAsync()
    {
        if (_closing is null)
        {
            _closing = CloseAsync();
            // At once: whoever is told that the connection is lost must not find it live.
            _onEnded(this);
        }

        return _closing;
    }

    private void Hear(string name, JsonElement content, Action<Wire, string, JsonElement> onEvent)
    {
        if (!Ended.IsCancellationRequested)
            onEvent(this, name, content);
    }

    private async Task CloseAsync()
    {
        await _ending.CancelAsync();
        var disposed = _hub.DisposeAsync().AsTask();
        try
        {
            await disposed.WaitAsync(GoodbyeTimeout, _options.Time);
        }
        catch (Exception)
        {
            // It did not say goodbye in time, or could not.
        }

        await _gone.CancelAsync();
        _socket?.Abort();
        await Quietly(disposed);
        _socket?.Dispose();
    }

    private HubConnection Build()
    {
        var builder = new HubConnectionBuilder().WithUrl(_options.Url, http =>
        {
            _options.Configure?.Invoke(http);
            http.Transports = Plan.Transports;
            http.SkipNegotiation = Plan.SkipNegotiation;
            var make = http.HttpMessageHandlerFactory;
            http.HttpMessageHandlerFactory = inner => new EndingHttp(make?.Invoke(inner) ?? inner, _gone.Token);
            http.WebSocketFactory = ConnectAsync;
        });
        builder.Services.Configure<JsonHubProtocolOptions>(json => json.PayloadSerializerOptions = new JsonSerializerOptions(ClientJson.Default.Options));
        return builder.Build();
    }

    private async Task<T> AskAsync<T>(string method, object request, JsonTypeInfo<T> type)
        where T : class
    {
        JsonElement answer;
        try
        {
            answer = await StepAsync(_hub.InvokeCoreAsync<JsonElement>(method, [request], CancellationToken.None));
        }
        catch (HubException exception)
        {
            throw Refusals.NotUnderstood(exception.Message);
        }
        catch (Exception exception) when (exception is not RefusedException)
        {
            // SignalR's ways of saying that the connection is gone.
            _ = EndAsync();
            throw new LinkDownException();
        }

        return AnswerReading.Read(answer, type);
    }

    /// <summary>The socket as SignalR makes it, known here so that it can be ended without the other side.</summary>
    private async ValueTask<WebSocket> ConnectAsync(WebSocketConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        foreach (var (name, value) in context.Options.Headers)
            socket.Options.SetRequestHeader(name, value);
        if (context.Options.Cookies is { Count: > 0 } cookies)
            socket.Options.Cookies = cookies;
        if (context.Options.Proxy is { } proxy)
            socket.Options.Proxy = proxy;
        if (context.Options.ClientCertificates is { Count: > 0 } certificates)
            socket.Options.ClientCertificates = certificates;
        context.Options.WebSocketConfiguration?.Invoke(socket.Options);
        _socket = socket;
        await socket.ConnectAsync(context.Uri, cancellationToken).ConfigureAwait(false);
        return socket;
    }

    /// <summary>What it comes to later goes unheard.</summary>
    private static void Forget(Task task) => _ = Quietly(task);

    private static async Task Quietly(Task task)
    {
        try
        {
            await task;
        }
        catch (Exception)
        {
            // Nobody waits for it any more.
        }
    }
}
