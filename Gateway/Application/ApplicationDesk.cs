using Microsoft.Extensions.Options;
using WhatsSound.Channels;
using WhatsSound.Gateway.Identity;

namespace WhatsSound.Gateway.Application;

/// <summary>
/// Asks the app, whoever it is, within bounds, and fails closed: an app that does not answer, or with something else than an answer, is HOOK_UNAVAILABLE, and nothing is done. What it refuses is HOOK_REFUSED, with its own reason.
/// </summary>
internal sealed partial class ApplicationDesk(
    IEnumerable<IApplication> handlers, HttpApplication http, ApplicationGates gates, IOptions<ApplicationOptions> options, TimeProvider time, ILogger<ApplicationDesk> logger)
{
    private const int ReasonCharsMax = 200;

    /// <summary>A handler in this process is asked everything, and answers at once what it has no opinion on.</summary>
    private readonly IApplication? _handler = handlers.LastOrDefault();

    private readonly ApplicationOptions _options = options.Value;

    private readonly KeptRulings _readers = new(time);

    /// <summary>What counts of a token that was verified: no more than it says. Refusals: those of the app.</summary>
    public async ValueTask<Answer<TokenGrant>> ConnectAsync(string? connectionId, TokenGrant grant, CancellationToken cancellationToken)
    {
        if (ApplicationFor(ApplicationCall.Connect, channel: null) is not { } application)
            return grant;
        var identity = grant as SessionIdentity;
        var question = new ConnectQuestion(new(connectionId, identity?.UserId, identity?.DisplayName), grant.ExpiresAt.ToUnixTimeMilliseconds());
        var (facts, refusal) = await AskAsync(ApplicationCall.Connect, question.Caller, token => application.OnConnectAsync(question, token), cancellationToken);
        if (refusal is not null)
            return refusal;
        return ConnectRules.Narrow(grant, facts!) is { } narrowed ? narrowed : Unavailable("it grants what is no capability");
    }

    /// <summary>Null, or why the app does not let somebody subscribe.</summary>
    public async ValueTask<Refusal?> RefuseSubscribeAsync(Caller caller, string channel, CancellationToken cancellationToken) =>
        ApplicationFor(ApplicationCall.Subscribe, channel) is { } application
            ? (await AskAsync(ApplicationCall.Subscribe, caller, token => application.OnSubscribeAsync(new(caller, channel), token), cancellationToken)).Refusal
            : null;

    /// <summary>
    /// Null, or why the app does not let somebody read a channel to which they are not attached: whoever may not subscribe may not read either. A yes is kept for <see cref="KeptRulings.KeptFor"/>.
    /// </summary>
    public async ValueTask<Refusal?> RefuseReadAsync(Caller caller, string channel, CancellationToken cancellationToken)
    {
        if (ApplicationFor(ApplicationCall.Subscribe, channel) is null || _readers.Has(caller, channel))
            return null;
        var refusal = await RefuseSubscribeAsync(caller, channel, cancellationToken);
        if (refusal is null)
            _readers.Keep(caller, channel);
        return refusal;
    }

    /// <summary>What is published, as the app has it. Refusals: those of the app.</summary>
    /// <param name="caller">Who publishes.</param>
    /// <param name="channel">Where.</param>
    /// <param name="request">What.</param>
    /// <param name="bytesMax">How many bytes the channel's rule allows.</param>
    /// <param name="cancellationToken">Nobody waits any more.</param>
    public async ValueTask<Answer<PublishRequest>> ReviewAsync(Caller caller, string channel, PublishRequest request, int bytesMax, CancellationToken cancellationToken)
    {
        if (ApplicationFor(ApplicationCall.Publish, channel) is not { } application)
            return request;
        var (change, refusal) = await AskAsync(ApplicationCall.Publish, caller, token => application.OnPublishAsync(new(caller, channel, request.Id, request.Event, request.Data), token), cancellationToken);
        if (refusal is not null)
            return refusal;
        if (change!.Data is not { } data)
            return request;
        return data.Length > bytesMax ? Unavailable("it publishes more than the channel's rule allows") : request with { Data = data };
    }

    /// <summary>What the app says. Refusals: those of the app, UNKNOWN_METHOD where there is none.</summary>
    public async ValueTask<Answer<CallResult>> CallAsync(CallQuestion question, CancellationToken cancellationToken)
    {
        if (ApplicationFor(ApplicationCall.Call, channel: null) is not { } application)
            return Refusals.Final(RefusalCode.UnknownMethod, "There is no app here that answers calls.");
        var (said, refusal) = await AskAsync(ApplicationCall.Call, question.Caller, token => application.OnCallAsync(question, token), cancellationToken);
        return refusal is not null ? refusal : said.Length > _options.AnswerBytesMax ? Unavailable("it answers with too much") : new CallResult(said);
    }

    private IApplication? ApplicationFor(ApplicationCall call, string? channel)
    {
        if (_handler is not null)
            return _handler;
        if (string.IsNullOrEmpty(_options.Url) || !_options.Calls.Contains(call))
            return null;
        return channel is null || _options.Channels.Count == 0 || _options.Channels.Any(pattern => ChannelPattern.Matches(pattern, channel)) ? http : null;
    }

    private async Task<(T? Value, Refusal? Refusal)> AskAsync<T>(ApplicationCall call, Caller caller, Func<CancellationToken, ValueTask<Ruling<T>>> askAsync, CancellationToken cancellationToken)
    {
        var (gate, payer) = (gates.Of(call), caller.UserId ?? caller.ConnectionId ?? "");
        if (!gate.TryEnter(payer))
            return (default, Unavailable());
        bool? hasAnswered = false;
        try
        {
            using var timer = new CancellationTokenSource(_options.Timeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
            var ruling = await askAsync(either.Token).AsTask().WaitAsync(either.Token);
            hasAnswered = true;
            if (ruling.Reason is { } reason)
                return (default, Refusals.Final(RefusalCode.HookRefused, Bounded(reason)));
            return ruling.Value is null ? (default, Unavailable("it says neither yes nor no")) : (ruling.Value, null);
        }
        catch (Exception exception)
        {
            // Whatever went wrong with it, it has not said yes. Whoever stops waiting says nothing about it.
            if (cancellationToken.IsCancellationRequested)
                hasAnswered = null;
            else
                LogUnanswered(exception);

            // What one client asks may be what the app fails at; it lives, and others are asked about.
            if (exception is ApplicationAnswerException)
                hasAnswered = true;
            return (default, Unavailable());
        }
        finally
        {
            if (gate.Leave(payer, hasAnswered))
                LogResting(call, _options.FailuresMax, _options.RestFor);
        }
    }

    private Refusal Unavailable(string because)
    {
        LogSenseless(because);
        return Unavailable();
    }

    private static Refusal Unavailable() => Refusals.Retry(RefusalCode.HookUnavailable, "The app does not answer, which decides this.", TimeSpan.FromSeconds(1));

    private static string Bounded(string reason)
    {
        var text = reason.Length <= ReasonCharsMax ? reason : reason[..(char.IsHighSurrogate(reason[ReasonCharsMax - 1]) ? ReasonCharsMax - 1 : ReasonCharsMax)];
        return string.Concat(text.Select(static one => char.IsControl(one) ? ' ' : one));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The app was asked, and has not answered; what it decides is refused")]
    private partial void LogUnanswered(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The app's answer makes no sense: {Because}; what it decides is refused")]
    private partial void LogSenseless(string because);

    [LoggerMessage(Level = LogLevel.Error, Message = "The app has not answered {Call} {Failures} times in a row; it is asked that again after {RestFor}")]
    private partial void LogResting(ApplicationCall call, int failures, TimeSpan restFor);
}
