using WhatsSound.Bench.Measures;

namespace WhatsSound.Bench.Channels;

/// <summary>Publishing of one kind.</summary>
/// <param name="PerSecond">Publications acknowledged a second, with all publishers publishing.</param>
/// <param name="CpuUs">CPU of the server per publication; a database in another process is not in it.</param>
/// <param name="BytesWritten">What was written to the database per publication: files of SQLite, write-ahead log of PostgreSQL.</param>
/// <param name="Loaded">To the acknowledgement, with all publishers publishing.</param>
/// <param name="Alone">To the acknowledgement, with nothing else under way.</param>
/// <param name="ServerLoad">The server's share of its core.</param>
/// <param name="DriverLoad">The driver's share of its core; near 1 it measures itself.</param>
internal sealed record PublishFigures(
    double PerSecond, double CpuUs, double BytesWritten, Latencies Loaded, Latencies Alone, double ServerLoad, double DriverLoad);
