using WhatsSound.Gateway.Hosting;
using WhatsSound.Silo;

namespace WhatsSound.Tests.Gateway.Hosting;

public sealed class When_help_is_asked_for
{
    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public async Task Should_list_settings_with_defaults_bounds_and_reasons(string argument)
    {
        var (exitCode, help, error) = await ProgramRun.OfSiloAsync("--port", "80", argument);

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains(
            "  --Rooms:Lead=00:00:00.5000000\n      How far ahead a start is announced. 500 ms: all but the slowest phones hear of it in time. Must be\n      00:00:00 to 00:00:02.",
            help, StringComparison.Ordinal);
        Assert.Contains("\n  --Cluster:Tls:CertificateFile\n", help, StringComparison.Ordinal);
        Assert.Contains("\n  --Channels:Rules:0:Pattern\n", help, StringComparison.Ordinal);
        Assert.Contains("\n  --Web:AllowedOrigins:0\n", help, StringComparison.Ordinal);
        Assert.DoesNotContain(help.Split('\n'), line => line.Length > 160);
    }

    [Fact]
    public async Task Should_tell_a_gateway_s_own_settings()
    {
        var (exitCode, help, _) = await ProgramRun.OfGatewayAsync("--help");

        Assert.Equal(0, exitCode);
        Assert.Contains("\n  --ConnectionStrings:Orleans\n", help, StringComparison.Ordinal);
        Assert.DoesNotContain("--Storage:Provider=Sqlite", help, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_tell_its_version()
    {
        var (exitCode, version, _) = await ProgramRun.OfSiloAsync("--version");

        Assert.Equal(0, exitCode);
        Assert.Matches(@"^WhatsSound\S* \d+\.\d+\.\d+", version);
    }

    [Fact]
    public void Should_know_the_sections_of_the_other_program()
    {
        var registered = WhatsSoundHost.Program.Sections().Concat(GatewayHost.Program.Sections()).Select(section => section.Name).Distinct(StringComparer.Ordinal);

        Assert.Equal(KnownSections.Names, registered.Order(StringComparer.Ordinal));
    }
}
