using Microsoft.Extensions.Options;
using WhatsSound.Settings;

namespace WhatsSound.Gateway.Delivery;

/// <summary>How channels reach this gateway; section <c>Delivery</c> of the configuration.</summary>
internal sealed class DeliveryOptions
{
    public const string Section = "Delivery";

    /// <summary>Between two renewals of a channel's lease: a killed silo is noticed within two of them, and the lease is twenty.</summary>
    [WithinTime("00:00:00.001", "00:00:30")]
    public TimeSpan RenewInterval { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Between two rounds in which channels are told how many sessions are attached here: as often as those who follow it are told at most.</summary>
    [WithinTime("00:00:00.001", "00:05:00")]
    public TimeSpan OccupancyInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Between two renewals of the users' connections, a third of their lease.</summary>
    [WithinTime("00:00:00.001", "00:05:00")]
    public TimeSpan UserRenewInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Renewals and repairs under way at once: enough for thousands of channels per interval at a millisecond each, and no storm. A renewal that hangs does not count.</summary>
    [Within(1, 10_000)]
    public int ParallelCallsMax { get; set; } = 64;

    /// <summary>How long a renewal or repair waits for its channel; another comes.</summary>
    [WithinTime("00:00:00.001", "00:01:00")]
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The first wait after a failed repair, which doubles up to <see cref="CallTimeout"/>, and after a failed renewal, which doubles up to a third of <see cref="RenewInterval"/>.</summary>
    [WithinTime("00:00:00.001", "00:01:00")]
    public TimeSpan RepairRetryAfter { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a feed without sockets is kept: a page that reloads finds it.</summary>
    [WithinTime("00:00:00", "1.00:00:00")]
    public TimeSpan Linger { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Publications kept per feed so that a further socket attaches without a call: a busy chat's reload.</summary>
    [Within(1, 100_000)]
    public int WindowPublicationsMax { get; set; } = 128;

    /// <summary>Bytes of them.</summary>
    [Within(1, 64 * 1024 * 1024)]
    public int WindowBytesMax { get; set; } = 256 * 1024;

    /// <summary>Frames held back while a gap is read; beyond it they are dropped and read from the channel.</summary>
    [Within(1, 1_000_000)]
    public int PendingFramesMax { get; set; } = 1024;

    /// <summary>Bytes of frames that wait for the answer to a subscribe or join: as many as wait for a slow socket afterwards. Beyond, they are read again.</summary>
    [Within(1, 64 * 1024 * 1024)]
    public int HeldBytesMax { get; set; } = 1024 * 1024;
}

/// <summary>Generated from the bounds of <see cref="DeliveryOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class DeliveryOptionsValidator : IValidateOptions<DeliveryOptions>;
