using Dapper;

namespace WhatsSound.Grains.Storage;

/// <summary>Deletes what is not needed any more, a few rows at a time.</summary>
internal static class SweepSteps
{
    // A step holds SQLite's only write lock for about a millisecond.
    private const int StepMax = 500;

    /// <summary>Runs a statement that deletes at most <c>@stepMax</c> rows which are too old at <c>@nowMs</c>, until there are no more; answers how many there were.</summary>
    public static Task<int> RunAsync(Database database, string sql, DateTimeOffset now, CancellationToken cancellationToken) =>
        RunAsync(database, sql, new { nowMs = now.ToUnixTimeMilliseconds() }, cancellationToken);

    /// <summary>Runs a statement that deletes at most <c>@stepMax</c> rows, until there are no more; answers how many there were.</summary>
    public static async Task<int> RunAsync(Database database, string sql, object parameters, CancellationToken cancellationToken)
    {
        var bounded = new DynamicParameters(parameters);
        bounded.Add("stepMax", StepMax);
        var step = new CommandDefinition(sql, bounded, cancellationToken: cancellationToken);
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
