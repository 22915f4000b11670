namespace WhatsSound.Channels;

/// <summary>The channel rules of a deployment; section <c>Channels</c> of the configuration. Validated at start.</summary>
public sealed class ChannelOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Channels";

    /// <summary>WhatsSound's own rules first; configuration may add patterns or replace one by naming the same pattern.</summary>
    public IList<ChannelRule> Rules { get; } = [.. Defaults];

    /// <summary>
    /// How many bytes of history the channels of a silo keep in memory together, whatever each may by its rule: a quarter of a gigabyte, 256 channels that are full, or 10,000 rooms with the last things that
    /// were said. Beyond, the one goes that nobody listens to and that changed longest ago, then those that are in the message log, then any. 16 MiB to 1 TiB.
    /// </summary>
    public long HistoryBytesMax { get; set; } = 256L * 1024 * 1024;

    /// <summary>The rules that come with the product. Each pattern's reason is in ARCHITECTURE.md.</summary>
    public static IReadOnlyList<ChannelRule> Defaults { get; } =
    [
        new() { Pattern = "*" },
        new() { Pattern = "room:*", Presence = true, ClientPublish = false },
        new() { Pattern = "room:*:chat", PersistAll = TimeSpan.FromHours(72), BatchCountMax = 10, ClientPublish = false },
        new() { Pattern = "room:*:queue", ConflateInterval = TimeSpan.FromMilliseconds(500), ClientPublish = false },
        new() { Pattern = "room:*:pulse", ConflateInterval = TimeSpan.FromMilliseconds(500), ClientPublish = false },
        new() { Pattern = "room:*:playback", ConflateInterval = TimeSpan.FromMilliseconds(500), PersistLast = true, ClientPublish = false },
        new() { Pattern = "user:*:notifications", PersistAll = TimeSpan.FromHours(72), ClientPublish = false },
        new() { Pattern = "user:*:markers", ConflateInterval = TimeSpan.FromMilliseconds(500), PersistLast = true, ClientPublish = false },
        new() { Pattern = "user:*:activity", PersistAll = TimeSpan.FromHours(72), ClientPublish = false },
    ];
}
