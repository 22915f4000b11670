namespace WhatsSound.Bench.Servers;

/// <summary>The channel of another build, so that a change is measured against what was before it in one run.</summary>
internal sealed class ChannelBefore(string bin) : PlainChannel
{
    public override string Name => "before";

    public override string Title => "channel before";

    public override string Bin => bin;
}
