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
    private readonly UpDownCounter<long> _members;

    public ChannelInstruments(GrainsMeter meter)
    {
        _publications = meter.Meter.CreateCounter<long>("whatssound.channel.publications", "{publication}", "Publications handed to the stream.");
        _frames = meter.Meter.CreateCounter<long>("whatssound.channel.frames", "{frame}", "Frames handed to the stream.");
        _recoveries = meter.Meter.CreateCounter<long>("whatssound.channel.recoveries", "{recovery}", "Recoveries answered, by verdict.");
        _appendSeconds = meter.Meter.CreateHistogram<double>("whatssound.message_log.append.duration", "s", "From append to durable.");
        _members = meter.Meter.CreateUpDownCounter<long>("whatssound.presence.members", "{member}", "Members of all channels of this silo.");
    }

    public void Framed(int publications)
    {
        _publications.Add(publications);
        _frames.Add(1);
    }

    public void Recovered(Verdict verdict) => _recoveries.Add(1, new KeyValuePair<string, object?>("verdict", verdict));

    public void Appended(TimeSpan duration) => _appendSeconds.Record(duration.TotalSeconds);

    public void MembersChanged(int by)
    {
        if (by != 0)
            _members.Add(by);
    }
}
