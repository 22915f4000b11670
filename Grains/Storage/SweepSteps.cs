using Dapper;

namespace WhatsSound.Grains.Storage;

/// <summary>Deletes what is too old, a few rows at a time.</summary>
internal static class SweepSteps
{
    // A step holds SQLite's only write lock for about a millisecond.
    private const int StepMax = 500;

    /// <summary>Runs a statement that deletes at most <c>@stepMax</c> rows which are too old at <c>@nowMs</c>, until there are no more; answers how many there were.</summary>
    public static async Task<int> RunAsync(Database database, string sql, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var step = new CommandDefinition(sql, new { nowMs = now.ToUnixTimeMilliseconds(), stepMax = StepMax }, cancellationToken: cancellationToken);
        var total = 0;
        int swept;
        do
        {
            swept = await database.WriteAsync(() => ExecuteAsync(database, step), cancellationToken);
            total += swept;
        }
        while (swept == StepMax);

        return total;
    }

    private static async Task<int> ExecuteAsync(Database database, CommandDefinition step)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(step.CancellationToken);
        return await connection.ExecuteAsync(step);
    }
}
