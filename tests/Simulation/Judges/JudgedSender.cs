using WhatsSound.Playback;
using WhatsSound.Publications;
using WhatsSound.Streams;

namespace WhatsSound.Tests.Simulation.Judges;

/// <summary>Shows the judge every frame before it goes into the silo's lanes.</summary>
internal sealed class JudgedSender(ILaneSender lanes, string silo, OffsetJudge judge, IRoomClock clock) : ILaneSender
{
    public void Send(StreamId stream, ChannelFrame frame)
    {
        judge.Saw(silo, frame, clock.NowMs);
        lanes.Send(stream, frame);
    }
}
