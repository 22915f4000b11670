using System.Text.RegularExpressions;
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
            "  --Rooms:Lead=00:00:00.5000000\n      How far ahead a start is announced. 500 ms: all but the slowest phones hear of it in time. Must be\n      00:00:00 to 00:00:02, as [days.]hours:minutes:seconds.",
            help, StringComparison.Ordinal);
        Assert.All(TimesIn(help), time => Assert.Contains("[days.]hours:minutes:seconds.", time, StringComparison.Ordinal));
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

    [Theory]
    [InlineData("--version")]
    [InlineData("--Urls=http://127.0.0.1:0", "--version")]
    [InlineData("--version", "--Sesions:ChannelsMax=2")]
    public async Task Should_tell_its_version_whatever_else_is_said(params string[] args)
    {
        var (exitCode, version, _) = await ProgramRun.OfSiloAsync(args);

        Assert.Equal(0, exitCode);
        Assert.Matches(@"^WhatsSound\S* \d+\.\d+\.\d+", version);
    }

    [Fact]
    public void Should_know_the_sections_of_the_other_program()
    {
        var registered = WhatsSoundHost.Program.Sections().Concat(GatewayHost.Program.Sections()).Select(section => section.Name).Distinct(StringComparer.Ordinal);

        Assert.Equal(KnownSections.Names, registered.Order(StringComparer.Ordinal));
    }

    /// <summary>The settings whose default is a time, or which a rule of a channel has, each with what is said of it in one line.</summary>
    private static List<string> TimesIn(string help)
    {
        var settings = help.ReplaceLineEndings("\n").Replace("\n      ", " ", StringComparison.Ordinal).Split('\n').Where(static line => line.StartsWith("  --", StringComparison.Ordinal)).ToList();
        var times = settings.Where(static line => Regex.IsMatch(line, @"^  --\S+=(\d+\.)?\d\d:\d\d:\d\d|^  --Channels:Rules:0:(\w+Interval|PersistAll|HistoryAge|PresenceLease|PresenceGrace) ")).ToList();
        Assert.InRange(times.Count, 40, int.MaxValue);
        return times;
    }
}
