using Dapper;
using Npgsql;
using WhatsSound.Start;
using static System.FormattableString;

namespace WhatsSound.Grains.Storage;

/// <summary>Checks that a PostgreSQL database has the schema of this program. It is applied as a step of deployment: <c>deploy/postgresql.sql</c>.</summary>
public static class PostgresSchema
{
    /// <summary>The number that the script ends with.</summary>
    public const int Version = 7;

    /// <summary>Throws <see cref="HostStartException"/> with what to do if the schema is missing or another one.</summary>
    public static async Task CheckAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        var version = await VersionAsync(dataSource, cancellationToken);
        if (version > Version)
            throw new HostStartException(Invariant($"The PostgreSQL database has schema {version}, made by a newer program; this one needs schema {Version}."));
        if (version != Version)
        {
            var found = version is null ? "no schema" : Invariant($"schema {version}");
            throw new HostStartException(
                Invariant($"The PostgreSQL database has {found}, this program needs schema {Version}: run psql --file deploy/postgresql.sql."));
        }
    }

    private static async Task<int?> VersionAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        try
        {
            return await connection.QuerySingleOrDefaultAsync<int?>(new CommandDefinition("SELECT Version FROM WhatsSoundSchema", cancellationToken: cancellationToken));
        }
        catch (PostgresException exception) when (string.Equals(exception.SqlState, PostgresErrorCodes.UndefinedTable, StringComparison.Ordinal))
        {
            return null;
        }
    }
}
