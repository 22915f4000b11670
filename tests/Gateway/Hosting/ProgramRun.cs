using WhatsSound.Gateway.Hosting;
using WhatsSound.Silo;

namespace WhatsSound.Tests.Gateway.Hosting;

/// <summary>A program that ends by itself, in this process: what it says, and its exit code.</summary>
internal static class ProgramRun
{
    public static Task<(int ExitCode, string Output, string Error)> OfSiloAsync(params string[] args) => RunAsync(WhatsSoundHost.Program, args);

    public static Task<(int ExitCode, string Output, string Error)> OfGatewayAsync(params string[] args) => RunAsync(GatewayHost.Program, args);

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(HostProgram program, string[] args)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var exitCode = await program.RunAsync(args, output, error);
        return (exitCode, output.ToString(), error.ToString());
    }
}
