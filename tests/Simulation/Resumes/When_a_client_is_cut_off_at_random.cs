using System.Globalization;

namespace WhatsSound.Tests.Simulation.Resumes;

/// <summary>
/// Random schedules of one client on two gateways over two silos. <c>WHATSSOUND_RESUME_SEED</c> repeats a run, <c>WHATSSOUND_RESUME_TIMES</c> makes it longer; what fails says its seed.
/// </summary>
public sealed class When_a_client_is_cut_off_at_random(ITestOutputHelper output)
{
    private const int TimesUsual = 40;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly int _seed = FromEnvironment("WHATSSOUND_RESUME_SEED") ?? Random.Shared.Next(1_000_000);
    private readonly int _times = FromEnvironment("WHATSSOUND_RESUME_TIMES") ?? TimesUsual;

    [Fact]
    public async Task Should_be_told_truly_what_it_missed()
    {
        await using var cluster = await ResumeCluster.StartAsync();
        var figures = new ResumeFigures();

        for (var seed = _seed; seed < _seed + _times; seed++)
        {
            var broken = await RunAsync(cluster, seed, figures);
            Assert.True(broken.Count == 0, string.Join('\n', broken));
        }

        output.WriteLine($"{_times} schedules from seed {_seed}, {cluster.Kills} silos killed: {figures}");
        Assert.True(cluster.Kills > 0 || _times < ResumeSchedule.KillEvery, "No silo was killed.");
        Assert.True(_times < TimesUsual || figures is { Recovered: > 0, Lost: > 0, TakenOver: > 0 }, $"Too little happened: {figures}");
    }

    /// <summary>A channel that calls each gap closed, and a judge who must see it.</summary>
    [Fact]
    public async Task Should_be_seen_by_the_judge_when_a_gap_is_called_recovered()
    {
        await using var cluster = await ResumeCluster.StartAsync(isLying: true);
        var findings = new List<string>();

        for (var seed = _seed; seed < _seed + TimesUsual && findings.Count == 0; seed++)
            findings.AddRange(await RunAsync(cluster, seed, new ResumeFigures()));

        Assert.Contains(findings, static finding => finding.Contains("there is", StringComparison.Ordinal) && finding.Contains("the client has", StringComparison.Ordinal));
    }

    private async Task<List<string>> RunAsync(ResumeCluster cluster, int seed, ResumeFigures figures)
    {
        var schedule = new ResumeSchedule(cluster, seed, figures);
        try
        {
            await schedule.RunAsync().WaitAsync(Patience);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Seed {seed}: {exception.Message} {string.Join('\n', schedule.Broken)}"), exception);
        }

        return [.. schedule.Broken.Select(broken => string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {broken}"))];
    }

    private static int? FromEnvironment(string name) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number) ? number : null;
}
