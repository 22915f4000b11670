using WhatsSound.Settings;

namespace WhatsSound.Gateway.Identity.Sources;

/// <summary>How the keys of token sources are fetched, and for how long they count; section <c>Identity:Keys</c> of the configuration.</summary>
internal sealed class KeyFetchOptions
{
    public const string Section = "Identity:Keys";

    /// <summary>How old keys become before they are read anew: so long a key that its owner takes back goes on counting. Supabase's own cache has as much.</summary>
    [WithinTime("00:00:10", "1.00:00:00")]
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The least time between two fetches from one source, whatever asks for them: a token with a key that nobody knows costs nothing to make.</summary>
    [WithinTime("00:00:00.010", "00:05:00")]
    public TimeSpan Pause { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>A fetch that takes longer has failed. Below what a request may take, which may wait for it.</summary>
    [WithinTime("00:00:00.100", "00:00:06")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the keys of before count while their source does not answer: a night and the morning after it.</summary>
    [WithinTime("00:15:00", "30.00:00:00")]
    public TimeSpan KeptFor { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Longer documents are not read. A hundred keys with their certificates take about as much.</summary>
    [Within(1_024, 4_194_304)]
    public int BytesMax { get; set; } = 256 * 1024;
}
