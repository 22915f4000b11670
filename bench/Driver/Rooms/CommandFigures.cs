using WhatsSound.Bench.Measures;

namespace WhatsSound.Bench.Rooms;

/// <summary>One command, at one size of queue and audience.</summary>
internal sealed record CommandFigures
{
    /// <summary>CPU of the server per command, fan-out to the members and everything else included.</summary>
    public required double CpuMs { get; init; }

    /// <summary>Bytes that the server wrote to the database's files per command.</summary>
    public required double BytesWritten { get; init; }

    /// <summary>From sending a command to reading its answer.</summary>
    public required Latencies Latency { get; init; }

    public required int Refused { get; init; }

    public string? FirstRefusal { get; init; }
}
