using Microsoft.Extensions.Options;
using WhatsSound.Settings;

namespace WhatsSound.Gateway.Application;

/// <summary>How the app is asked what it decides itself; section <c>Application</c> of the configuration. Validated at start.</summary>
internal sealed class ApplicationOptions
{
    public const string Section = "Application";

    /// <summary>Where the app's server is asked: an address with https; http for this machine itself, and in Development. Not set: it is not asked. A handler in this process takes its place.</summary>
    public string? Url { get; set; }

    /// <summary>What requests are signed with: one secret, or two while one takes the place of the other. 32 to 256 bytes each.</summary>
    public IList<string> Secrets { get; } = [];

    /// <summary>What it is asked: some of Connect, Subscribe, Publish, Call.</summary>
    public IList<ApplicationCall> Calls { get; } = [];

    /// <summary>Of which channels, for Subscribe and Publish: patterns, of which any may match. None: of all.</summary>
    public IList<string> Channels { get; } = [];

    /// <summary>How long an answer may take. Below what a request may take, which waits for it.</summary>
    [WithinTime("00:00:00.100", "00:00:06")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How many bytes an answer may have.</summary>
    [Within(1_024, 16 * 1024 * 1024)]
    public int AnswerBytesMax { get; set; } = 1024 * 1024;

    /// <summary>How many questions of a kind are asked at once, of which one caller has at most a quarter; beyond, requests are refused.</summary>
    [Within(1, 10_000)]
    public int AtOnceMax { get; set; } = 64;

    /// <summary>After how many failures in a row to answer a kind of question nobody is asked it for a while.</summary>
    [Within(1, 1_000)]
    public int FailuresMax { get; set; } = 5;

    /// <summary>For how long; then one is asked, and all others when that one is answered.</summary>
    [WithinTime("00:00:00.100", "00:10:00")]
    public TimeSpan RestFor { get; set; } = TimeSpan.FromSeconds(5);
}

/// <summary>Generated from the bounds of <see cref="ApplicationOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class ApplicationOptionsValidator : IValidateOptions<ApplicationOptions>;
