using System.Reflection;
using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Hosting.Logs;
using WhatsSound.Settings;

namespace WhatsSound.Gateway.Hosting;

/// <summary>
/// A program as an operator meets it: its help, its version, a verb that starts nothing, its settings checked by name, and where it cannot start one sentence and the exit code 1.
/// </summary>
/// <param name="summary">What it is, for its help.</param>
/// <param name="add">Puts its services into the host.</param>
/// <param name="map">Puts its addresses into the host.</param>
public sealed class HostProgram(string summary, Action<WebApplicationBuilder> add, Action<WebApplication> map)
{
    private static readonly Assembly Program = Assembly.GetEntryAssembly() ?? typeof(HostProgram).Assembly;

    /// <summary>Runs until it is told to stop; answers the exit code.</summary>
    public Task<int> RunAsync(string[] args) => RunAsync(args, Console.Out, Console.Error);

    /// <summary>The same, with what it says of itself to others than the console.</summary>
    internal async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        if (args is [TokenCommand.Verb, ..])
            return await TokenCommand.RunAsync(Name, args[1..], output, error);
        var text = args switch
        {
            _ when AsksForHelp(args) => HelpText.Of(Name, summary, Sections()),
            _ when args.Contains("--version") => $"{Name} {Version}",
            _ => null,
        };
        if (text is null)
            return await StartAndWaitAsync(args, error);
        await output.WriteLineAsync(text);
        return 0;
    }

    /// <summary>Puts the program together. A test passes its own configuration in <paramref name="args"/> and its own services in <paramref name="configure"/>.</summary>
    public WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        AddAll(builder);
        Arguments.Check(args, builder);
        configure?.Invoke(builder);
        var app = builder.Build();
        // The host asks only after it has made what is to be started, which may fail by the same setting in other words.
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        map(app);
        return app;
    }

    internal static bool AsksForHelp(string[] args) => args.Any(static arg => arg is "--help" or "-h" or "-?");

    /// <summary>The settings that the program knows.</summary>
    internal IReadOnlyList<SettingsSection> Sections()
    {
        // Without any configuration: what is wrong with one must not keep the help from being read.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        AddAll(builder);
        return Arguments.SectionsOf(builder.Services);
    }

    private static string Name => Program.GetName().Name!;

    private static string Version => Program.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    private void AddAll(WebApplicationBuilder builder)
    {
        builder.AddHostDefaults();
        add(builder);
    }

    private async Task<int> StartAndWaitAsync(string[] args, TextWriter error)
    {
        WebApplication? app = null;
        try
        {
            app = Create(args);
            await app.StartAsync();
        }
        catch (Exception exception)
        {
            // Whatever it is, the program ends; an operator's mistake in a sentence, a mistake of ours with all that is known of it.
            var sentence = StartFailure.SentenceOf(exception);
            var held = app?.Services.GetRequiredService<StartLog>().TakeHeld() ?? [];
            if (app is not null)
                await DisposeAsync(app);
            await error.WriteLineAsync(sentence ?? $"{string.Concat(held)}{Name} could not start: {exception}");
            return 1;
        }

        await using (app)
            await app.WaitForShutdownAsync();
        return 0;
    }

    private static async Task DisposeAsync(WebApplication app)
    {
        try
        {
            await app.DisposeAsync();
        }
        catch (Exception)
        {
            // What has started half may not end well; why it did not start is what counts.
        }
    }
}
