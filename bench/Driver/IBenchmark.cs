using WhatsSound.Bench.Reports;

namespace WhatsSound.Bench;

/// <summary>One table's worth of measuring.</summary>
internal interface IBenchmark
{
    /// <summary>Measures; what a part of it cannot measure costs that part.</summary>
    Task RunAsync(CancellationToken cancellationToken);

    /// <summary>What has been measured so far.</summary>
    Report Report();
}
