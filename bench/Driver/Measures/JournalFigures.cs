using Microsoft.Data.Sqlite;

namespace WhatsSound.Bench.Measures;

/// <summary>What a server's database has of a room: how far its journal is, how long its newest entries are, and how large the database is.</summary>
/// <param name="LastEntry">The number of the newest entry.</param>
/// <param name="EntryBytes">The mean of the entries after the one that was asked for; 0: there are none.</param>
/// <param name="DatabaseBytes">All pages, those that only the write-ahead log has too.</param>
internal sealed record JournalFigures(long LastEntry, double EntryBytes, long DatabaseBytes)
{
    /// <summary>Reads a copy: the server has its database to itself. To be called while nobody commands it.</summary>
    public static JournalFigures Read(DirectoryInfo dataFolder, string room, long after)
    {
        var copy = Directory.CreateTempSubdirectory("whatssound-journal-");
        try
        {
            var file = dataFolder.EnumerateFiles("*.db", SearchOption.AllDirectories).First();
            foreach (var part in (string[])[file.Name, $"{file.Name}-wal"])
                File.Copy(Path.Combine(file.DirectoryName!, part), Path.Combine(copy.FullName, part));
            return ReadCopy(Path.Combine(copy.FullName, file.Name), room, after);
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    private static JournalFigures ReadCopy(string file, string room, long after)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT COALESCE(MAX(EntryNumber), 0),
                   COALESCE(AVG(CASE WHEN EntryNumber > $after THEN LENGTH(Content) + LENGTH(Room) + COALESCE(LENGTH(Author), 0) + 3 * 8 END), 0),
                   (SELECT page_count FROM pragma_page_count()) * (SELECT page_size FROM pragma_page_size())
            FROM RoomJournal WHERE Room = $room
            """;
        command.Parameters.AddWithValue("$room", room);
        command.Parameters.AddWithValue("$after", after);
        using var reader = command.ExecuteReader();
        reader.Read();
        return new JournalFigures(reader.GetInt64(0), reader.GetDouble(1), reader.GetInt64(2));
    }
}
