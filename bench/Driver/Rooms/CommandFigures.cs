using WhatsSound.Bench.Measures;

namespace WhatsSound.Bench.Rooms;

/// <summary>One command, at one size of queue and audience.</summary>
internal sealed record CommandFigures
{
    /// <summary>CPU of the server per command, fan-out to the members and everything else included.</summary>
    public required double CpuMs { get; init; }

    /// <summary>Bytes that the server wrote to the database's files per command.</summary>
    public required double BytesWritten { get; init; }

    /// <summary>Bytes of a command's row in the room's journal.</summary>
    public required double JournalBytes { get; init; }

    /// <summary>By how many bytes a command has made the database larger.</summary>
    public required double DatabaseBytes { get; init; }

    /// <summary>From sending a command to reading its answer.</summary>
    public required Latencies Latency { get; init; }

    public required int Refused { get; init; }

    public string? FirstRefusal { get; init; }
}
