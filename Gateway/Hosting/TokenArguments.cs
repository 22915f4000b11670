using System.Globalization;
using WhatsSound.Gateway.Identity;
using WhatsSound.Settings;
using WhatsSound.Start;

namespace WhatsSound.Gateway.Hosting;

/// <summary>What a token is to say, as the command line has it.</summary>
/// <param name="User">Whose it is.</param>
/// <param name="Name">What the user is called; null: it says nothing.</param>
/// <param name="Capabilities">What it allows; null: it says nothing.</param>
/// <param name="Lifetime">For how long it counts.</param>
/// <param name="Settings">The other arguments, which are the program's settings.</param>
internal sealed record TokenArguments(string User, string? Name, IReadOnlyDictionary<string, string[]>? Capabilities, TimeSpan Lifetime, string[] Settings)
{
    public const string UserOption = "user";
    public const string NameOption = "name";
    public const string CapabilityOption = "cap";
    public const string LifetimeOption = "lifetime";

    public static readonly TimeSpan LifetimeDefault = TimeSpan.FromHours(1);

    /// <summary>Nothing takes a token back before it ends.</summary>
    public static readonly TimeSpan LifetimeMax = TimeSpan.FromDays(365);

    public static IReadOnlyList<string> Options { get; } = [UserOption, NameOption, CapabilityOption, LifetimeOption];

    /// <summary>Throws <see cref="HostStartException"/> for the first argument that is wrong.</summary>
    public static TokenArguments Read(string[] args)
    {
        var given = Options.ToDictionary(static option => option, static _ => new List<string>(), StringComparer.OrdinalIgnoreCase);
        var settings = new List<string>();
        for (var index = 0; index < args.Length; index++)
        {
            var arg = args[index];
            if (!arg.StartsWith("--", StringComparison.Ordinal))
                throw new HostStartException($"'{arg}' is not an argument of {TokenCommand.Verb}; {TokenCommand.Verb} --help lists them.");
            var equals = arg.IndexOf('=', StringComparison.Ordinal);
            var key = equals < 0 ? arg[2..] : arg[2..equals];
            if (equals < 0 && ++index == args.Length)
                throw new HostStartException($"--{key} has no value.");
            var value = equals < 0 ? args[index] : arg[(equals + 1)..];
            if (given.TryGetValue(key, out var values))
                values.Add(value);
            else if (NearestName.Of(key, Options) is { } nearest)
                throw new HostStartException($"--{key} is not an argument of {TokenCommand.Verb}; did you mean --{nearest}?");
            else
                settings.Add($"--{key}={value}");
        }

        var user = OnlyOf(given, UserOption) ?? throw new HostStartException($"--{UserOption} is not set: whose is the token to be?");
        return new TokenArguments(user, OnlyOf(given, NameOption), CapabilitiesOf(given[CapabilityOption]), LifetimeOf(OnlyOf(given, LifetimeOption)), [.. settings]);
    }

    private static string? OnlyOf(Dictionary<string, List<string>> given, string option) =>
        given[option].Count <= 1 ? given[option].FirstOrDefault() : throw new HostStartException($"--{option} is there {given[option].Count} times; it must be one value.");

    private static TimeSpan LifetimeOf(string? text)
    {
        if (text is null)
            return LifetimeDefault;
        // A number alone would be days.
        if (!text.Contains(':', StringComparison.Ordinal) || !TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var lifetime))
            throw new HostStartException($"--{LifetimeOption} is '{text}'; it must be a time such as 01:00:00, or 30.00:00:00 for 30 days.");
        return lifetime > TimeSpan.Zero && lifetime <= LifetimeMax
            ? lifetime
            : throw new HostStartException($"--{LifetimeOption} is {text}; it must be above zero, and {LifetimeMax} at most.");
    }

    private static Dictionary<string, string[]>? CapabilitiesOf(List<string> given)
    {
        if (given.Count == 0)
            return null;
        var capabilities = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var one in given)
        {
            if (CapabilityText.TryRead(one) is not var (pattern, words))
                throw new HostStartException($"--{CapabilityOption} is '{one}'; it must be {CapabilityText.Wanted}.");
            if (!capabilities.TryAdd(pattern, words))
                throw new HostStartException($"--{CapabilityOption} has '{pattern}' twice; it must be there once, with all that is allowed.");
        }

        return capabilities;
    }
}
