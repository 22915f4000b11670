using WhatsSound.Playback;

namespace WhatsSound.Tests.Rules.Composed;

/// <summary>The model's time.</summary>
internal sealed class ModelClock(Func<long> nowMs) : IRoomClock
{
    public long NowMs => nowMs();

    public long NowUs => 1000 * NowMs;
}
