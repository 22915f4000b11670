using Microsoft.Extensions.Options;
using WhatsSound.Settings;

namespace WhatsSound.Gateway.Http.Api.Requests;

/// <summary>The HTTP API; section <c>Api</c> of the configuration.</summary>
internal sealed class ApiOptions
{
    public const string Section = "Api";

    /// <summary>The largest request, but a batch: as large as one of the SignalR door.</summary>
    [Within(1_024, 64 * 1024 * 1024)]
    public int RequestBytesMax { get; set; } = 64 * 1024;

    /// <summary>The largest batch of publications: a thousand of 2 KiB.</summary>
    [Within(1_024, 64 * 1024 * 1024)]
    public int BatchBytesMax { get; set; } = 2 * 1024 * 1024;

    /// <summary>How long a request may take to come, from its first byte to its last: a batch at 200 KB a second.</summary>
    [WithinTime("00:00:00.100", "00:05:00")]
    public TimeSpan ReadTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Requests at once: with a batch each 1 GiB at the very worst, and a publication each some megabytes.</summary>
    [Within(1, 1_000_000)]
    public int AtOnceMax { get; set; } = 500;

    /// <summary>Those from one address: a fifth of them, so that none takes them all.</summary>
    [Within(1, 1_000_000)]
    public int AtOncePerAddressMax { get; set; } = 100;

    /// <summary>How long a token that is issued here counts at most: a day.</summary>
    [WithinTime("00:00:01", "365.00:00:00")]
    public TimeSpan TokenLifetimeMax { get; set; } = TimeSpan.FromHours(24);
}

/// <summary>Generated from the bounds of <see cref="ApiOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class ApiOptionsValidator : IValidateOptions<ApiOptions>;
