using System.Diagnostics;
using Npgsql;
using WhatsSound.Tests.Gateway.Cluster;
using WhatsSound.Tests.Gateway.Crash;
using WhatsSound.Tests.Shared;

namespace WhatsSound.Tests.Gateway.Crowds;

/// <summary>Two silos and two gateways of their own, PostgreSQL between them. Silos are killed, one after another, and replaced: everybody stays connected.</summary>
public sealed class When_silos_under_a_crowd_are_killed : IAsyncDisposable
{
    private static readonly int KillsCount = CrowdSize.Of(1, 6);
    private static readonly TimeSpan Lease = new WhatsSound.Channels.ChannelRule { Pattern = "*" }.PresenceLease;

    private readonly Crowd _crowd = new(rooms: CrowdSize.Of(6, 12), membersPerRoom: CrowdSize.Of(4, 10));

    private static ITestOutputHelper Output => TestContext.Current.TestOutputHelper!;

    [Fact]
    public async Task Should_show_everybody_to_everybody_and_tell_only_of_who_left()
    {
        await using var cluster = new ClusterProcesses();
        var connectionString = await PostgresServer.Shared.CreateDatabaseAsync();
        List<ServerProcess> silos = [await StartSiloAsync(), await StartSiloAsync()];
        ServerProcess[] gateways = [await cluster.StartGatewayAsync(connectionString), await cluster.StartGatewayAsync(connectionString)];
        await _crowd.OpenAsync(gateways);
        await Eventually.BecomesTrueAsync(() => AreKept(connectionString));
        _crowd.TakeSnapshots();
        foreach (var member in _crowd.All)
            member.Forget();

        for (var kill = 0; kill < KillsCount; kill++)
        {
            var begun = Stopwatch.GetTimestamp();
            await silos[0].KillAsync();
            silos.RemoveAt(0);
            await Crowd.EachAsync(_crowd.All, static member => member.ReadAsync());
            var (taken, lacking) = _crowd.TakeSnapshots();
            Output.WriteLine($"Kill {kill + 1}: all rooms answered after {Stopwatch.GetElapsedTime(begun).TotalSeconds:F1} s; {lacking} of {taken} snapshots lack somebody.");
            Assert.Equal(0, lacking);
            silos.Add(await StartSiloAsync());
        }

        // What a dead silo knew is forgotten, and what was made up for it is settled.
        if (CrowdSize.IsFull)
            await PassAsync(Lease + Crowd.Lateness);
        await Crowd.EachAsync(_crowd.All, static member => member.ReadAsync());
        var (lastTaken, lastLacking) = _crowd.TakeSnapshots();
        Output.WriteLine($"{_crowd.FalselyTold().Count()} told falsely; {lastLacking} of {lastTaken} later snapshots lack somebody.");
        Assert.Empty(_crowd.FalselyTold());
        Assert.Equal(0, lastLacking);

        var latest = await _crowd.LeaveOneEachAsync();
        Output.WriteLine($"Who left was told of within {latest.TotalMilliseconds:F0} ms.");
        Assert.True(latest < Crowd.Lateness, $"{latest}");

        Task<ServerProcess> StartSiloAsync() => cluster.StartAsync(connectionString, $"--Cluster:GatewayPort={FreePort.Of()}");
    }

    public ValueTask DisposeAsync() => _crowd.DisposeAsync();

    private static async Task PassAsync(TimeSpan time)
    {
        using var passing = new PeriodicTimer(time);
        await passing.WaitForNextTickAsync();
    }

    private bool AreKept(string connectionString)
    {
        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        using var command = new NpgsqlCommand("SELECT string_agg(convert_from(PayloadBinary, 'UTF8'), ' ') FROM OrleansStorage WHERE GrainTypeString LIKE '%channel-members%'", connection);
        var kept = command.ExecuteScalar() as string ?? "";
        return _crowd.All.All(member => kept.Contains($"\"{member.UserId}\"", StringComparison.Ordinal));
    }
}
