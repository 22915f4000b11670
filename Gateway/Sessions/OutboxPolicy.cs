using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Messages;

namespace WhatsSound.Gateway.Sessions;

/// <summary>What all outboxes of a gateway share: their bounds, the clock, the counters.</summary>
internal sealed class OutboxPolicy(IOptions<SessionLimits> options, TimeProvider time, GatewayMeters meters)
{
    /// <summary>How much is coalesced into one write: what the socket's own buffer takes.</summary>
    public const int WriteBytesMax = 64 * 1024;

    public int MessagesMax { get; } = options.Value.OutboxMessagesMax;

    public int BytesMax { get; } = options.Value.OutboxBytesMax;

    public int AnswersMax { get; } = options.Value.OutboxAnswersMax;

    public int AnswerBytesMax { get; } = options.Value.OutboxAnswerBytesMax;

    public TimeSpan CloseTimeout { get; } = options.Value.CloseTimeout;

    public TimeProvider Time => time;

    public GatewayMeters Meters => meters;

    public ClosingMessage SlowConsumer { get; } =
        new(new SessionClosing(RefusalCode.SlowConsumer, (long)options.Value.SlowConsumerReconnectAfter.TotalMilliseconds));
}
