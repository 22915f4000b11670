using WhatsSound.Channels;
using WhatsSound.Publications;
using WhatsSound.Tests.Grains.Streams;

namespace WhatsSound.Tests.Grains.Channels;

/// <summary>A subscriber that does what the contract asks of one: it applies frames that continue its position, recovers where one does not, and attaches again when its lane is gone.</summary>
internal sealed class Follower(Channel channel)
{
    private readonly TestGateway _gateway = new();
    private readonly List<Recovery> _losses = [];
    private readonly List<Publication> _seen = [];
    private int _framesApplied;
    private Position? _position;

    /// <summary>What was delivered, in order.</summary>
    public IReadOnlyList<Publication> Seen => _seen;

    /// <summary>The gaps that were called lost.</summary>
    public IReadOnlyList<Recovery> Losses => _losses;

    public async Task AttachAsync()
    {
        await channel.AttachAsync(_gateway);
        await RecoverAsync();
    }

    /// <summary>What a gateway does every third of a lease.</summary>
    public async Task RenewAsync()
    {
        var answer = await channel.RenewAsync(_gateway);
        if (!answer.LaneKnown)
            await AttachAsync();
    }

    /// <summary>Applies frames until the offset is reached.</summary>
    public async Task UntilAsync(Position position)
    {
        while (_position is not { } reached || reached.Epoch != position.Epoch || reached.Offset < position.Offset)
        {
            await _gateway.UntilAsync(batches => batches.Sum(batch => batch.Frames.Length) > _framesApplied);
            foreach (var frame in _gateway.Frames.Skip(_framesApplied))
            {
                _framesApplied++;
                await ApplyAsync(frame);
            }
        }
    }

    private async Task ApplyAsync(ChannelFrame frame)
    {
        var position = _position!.Value;
        if (frame.Epoch != position.Epoch || frame.PreviousOffset > position.Offset)
        {
            await RecoverAsync();
            return;
        }

        _seen.AddRange(frame.Publications.Where(publication => publication.Offset > position.Offset));
        _position = position with { Offset = Math.Max(position.Offset, frame.HeadOffset) };
    }

    private async Task RecoverAsync()
    {
        var recovery = await channel.Grain.RecoverAsync(new() { Since = _position });
        if (recovery.Verdict == Verdict.Lost)
            _losses.Add(recovery);
        _seen.AddRange(recovery.Publications);
        _position = recovery.Position;
    }
}
