using WhatsSound.Channels;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Storage;

/// <summary>A publication on its way into the log. Its task ends when the database has it, or has refused it.</summary>
internal sealed class PendingAppend(string channel, string epoch, Publication publication, Retention retention, Amendment? amends = null) : PendingWrite
{
    public string Channel => channel;

    public string Epoch => epoch;

    public Publication Publication => publication;

    /// <summary>What it makes of an earlier one; null: nothing.</summary>
    public Amendment? Amends => amends;

    public long KeepUntilMs { get; } = retention.KeepUntil.ToUnixTimeMilliseconds();

    public bool OnlyLastPerKey => retention.OnlyLastPerKey;

    /// <summary>The kind of data as it is stored: nothing for JSON, which nearly all of it is.</summary>
    public static int? NumberOf(PayloadKind kind) => kind == PayloadKind.Json ? null : (int)kind;

    protected override Exception Conflict() => new MessageLogConflictException(channel, epoch, publication.Offset);
}
