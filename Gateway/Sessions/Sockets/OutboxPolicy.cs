using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Messages;

namespace WhatsSound.Gateway.Sessions;

/// <summary>What all outboxes of a gateway share: their bounds, the clock, the counters, the log.</summary>
internal sealed class OutboxPolicy(IOptions<SessionLimits> options, TimeProvider time, GatewayMeters meters, ILogger<Outbox> logger)
{
    /// <summary>How much is coalesced into one write: what the socket's own buffer takes.</summary>
    public const int WriteBytesMax = 64 * 1024;

    private readonly ReconnectTimes _afterSlowness = new(options.Value.SlowConsumerReconnectAfter);

    public int MessagesMax { get; } = options.Value.OutboxMessagesMax;

    public int BytesMax { get; } = options.Value.OutboxBytesMax;

    public int AnswersMax { get; } = options.Value.OutboxAnswersMax;

    public int AnswerBytesMax { get; } = options.Value.OutboxAnswerBytesMax;

    public TimeSpan CloseTimeout { get; } = options.Value.CloseTimeout;

    public TimeProvider Time => time;

    public GatewayMeters Meters => meters;

    public ILogger Logger => logger;

    /// <summary>The goodbye of a connection that does not keep up. What is too fast for one is so for others.</summary>
    public ClosingMessage SlowConsumer() => new(new SessionClosing(RefusalCode.SlowConsumer, _afterSlowness.NextMs()));
}
