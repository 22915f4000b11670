using System.Diagnostics.Metrics;
using WhatsSound.Channels;
using WhatsSound.Grains.Metrics;

namespace WhatsSound.Grains.Channels;

/// <summary>What channels count.</summary>
internal sealed class ChannelInstruments
{
    private readonly Counter<long> _publications;
    private readonly Counter<long> _frames;
    private readonly Counter<long> _recoveries;
    private readonly Histogram<double> _appendSeconds;
    private long _members;

    /// <summary>Seconds: from a local file to the time at which an append is given up.</summary>
    private static readonly InstrumentAdvice<double> AppendBuckets =
        new() { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] };

    public ChannelInstruments(GrainsMeter meter)
    {
        _publications = meter.Meter.CreateCounter<long>("whatssound.channel.publications", "{publication}", "Publications handed to the stream.");
        _frames = meter.Meter.CreateCounter<long>("whatssound.channel.frames", "{frame}", "Frames handed to the stream.");
        _recoveries = meter.Meter.CreateCounter<long>("whatssound.channel.recoveries", "{recovery}", "Recoveries answered, by verdict.");
        _appendSeconds = meter.Meter.CreateHistogram<double>("whatssound.message_log.append.duration", "s", "From append to durable.", tags: null, AppendBuckets);
        // Observed, not told in steps: whoever begins to listen sees how many there are.
        meter.Meter.CreateObservableUpDownCounter("whatssound.presence.members", () => Interlocked.Read(ref _members), "{member}", "Members of all channels of this silo.");
    }

    public void Framed(int publications)
    {
        _publications.Add(publications);
        _frames.Add(1);
    }

    public void Recovered(Verdict verdict) => _recoveries.Add(1, new KeyValuePair<string, object?>("verdict", verdict));

    public void Appended(TimeSpan duration) => _appendSeconds.Record(duration.TotalSeconds);

    public void MembersChanged(int by) => Interlocked.Add(ref _members, by);
}
