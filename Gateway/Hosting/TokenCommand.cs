using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using WhatsSound.Control;
using WhatsSound.Gateway.Identity;
using WhatsSound.Start;
using WhatsSound.Users;

namespace WhatsSound.Gateway.Hosting;

/// <summary>The verb <c>token</c> of a program: prints a token for a user, signed with the key that the program has. Nothing is started, and no server asked.</summary>
internal static class TokenCommand
{
    public const string Verb = "token";

    public static string HelpOf(string program) => $"""
        {program} {Verb} --{TokenArguments.UserOption}=ada [--{TokenArguments.NameOption}=Ada] [--{TokenArguments.CapabilityOption}=room:*=subscribe,publish ...] [--{TokenArguments.LifetimeOption}=01:00:00] [--Section:Name=value ...]

        Prints a token to connect with, signed with Identity:SigningKey, which it needs as the server has it: from the environment
        (Identity__SigningKey), from appsettings.json in the directory of the start, or in Development from the file where the server keeps its own.
        Whoever has the token is that user until it runs out.

          --{TokenArguments.UserOption}       whose it is: the id of a user, 1 to {UserId.LengthMax} characters
          --{TokenArguments.NameOption}       what the user is called, up to {DisplayName.LengthMax} characters; without it the token names none
          --{TokenArguments.CapabilityOption}        what it allows, and where: a pattern of channels, =, and some of subscribe, publish, presence and (on *) admin, with commas between.
                       Several times for several patterns; without it all but admin is allowed that the channels' rules allow
          --{TokenArguments.LifetimeOption}   for how long it counts, {TokenArguments.LifetimeDefault} unless said; {TokenArguments.LifetimeMax.Days} days at most

        """.TrimEnd();

    public static async Task<int> RunAsync(string program, string[] args, TextWriter output, TextWriter error)
    {
        if (HostProgram.AsksForHelp(args))
        {
            await output.WriteLineAsync(HelpOf(program));
            return 0;
        }

        try
        {
            await output.WriteLineAsync(await SignAsync(TokenArguments.Read(args)));
            return 0;
        }
        catch (Exception exception)
        {
            await error.WriteLineAsync(StartFailure.SentenceOf(exception) ?? $"{program} could not sign a token: {exception}");
            return 1;
        }
    }

    private static async Task<string> SignAsync(TokenArguments arguments)
    {
        if (!UserId.IsValid(arguments.User))
            throw new HostStartException($"--{TokenArguments.UserOption} must be the id of a user: 1 to {UserId.LengthMax} characters, none of them a control character.");
        // As the program itself is put together, so that it is the same key, but with nothing to be started.
        var builder = WebApplication.CreateBuilder(arguments.Settings);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IRevocations>(NoRevocations.Instance);
        builder.Services.AddIdentity(builder.Configuration);
        Arguments.Check(arguments.Settings, builder);
        await using var app = builder.Build();
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        if (app.Services.GetRequiredService<SigningKey>().Key is null)
            throw new HostStartException("Identity:SigningKey is not set: there is nothing to sign with.");
        var token = app.Services.GetRequiredService<TokenIssuer>().Issue(
            arguments.User, arguments.Name, app.Services.GetRequiredService<TimeProvider>().GetUtcNow() + arguments.Lifetime, arguments.Capabilities);
        return (await app.Services.GetRequiredService<TokenVerifier>().VerifyAsync(token)).Refusal is { } refusal
            ? throw new HostStartException($"The server would not take such a token. {refusal.Message}")
            : token;
    }
}
