using WhatsSound.Channels;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Publications;

namespace WhatsSound.Tests.Simulation.Resumes;

/// <summary>
/// What a client has of a channel: everything that it wants from one place on, up to another, if it believes what it is told. The judge does not, and compares with what was published.
/// </summary>
internal sealed class ClientView(string channel, IReadOnlyCollection<string> events)
{
    private List<string> _ids = [];
    private long _from;

    public string Channel => channel;

    public IReadOnlyCollection<string> Events => events;

    /// <summary>Up to where it has everything; null: it does not know that it is attached.</summary>
    public Position? At { get; private set; }

    public ClientView Copy() => new(channel, events) { _ids = [.. _ids], _from = _from, At = At };

    /// <summary>Takes an answer that attaches it. What is wrong with it, if anything.</summary>
    public string? Take(ChannelRecovery recovery)
    {
        string? wrong = null;
        if (recovery.Verdict == Verdict.Recovered)
        {
            if (At?.Epoch != recovery.Position.Epoch)
                wrong = $"{channel}: recovered over two epochs";
            _ids.AddRange(recovery.Publications.Select(static one => one.Id));
        }
        else
        {
            if (recovery.Verdict == Verdict.Lost && At is { } at && at.Epoch == recovery.Position.Epoch && recovery.Position.Offset - at.Offset <= ResumeCluster.HistoryCount)
                wrong = $"{channel}: {at.Offset} to {recovery.Position.Offset} is called lost, and is remembered";
            Begin(recovery.Position);
        }

        At = recovery.Position;
        return wrong;
    }

    /// <summary>Takes a frame. What is wrong with it, if anything.</summary>
    public string? Take(ChannelFrame frame)
    {
        if (At is not { } at || frame.Epoch != at.Epoch || frame.PreviousOffset != at.Offset)
            return $"{channel}: a frame {frame.Epoch} {frame.PreviousOffset}-{frame.HeadOffset} at {At}";
        _ids.AddRange(frame.Publications.Select(static one => one.Id));
        At = at with { Offset = frame.HeadOffset };
        return null;
    }

    /// <summary>Takes the news of a loss.</summary>
    public void Lose(Position position)
    {
        Begin(position);
        At = position;
    }

    /// <summary>Whether it has all that it believes to have, and nothing twice. What is wrong, if anything.</summary>
    public string? Judge(PublishedTruth truth)
    {
        if (At is not { } at)
            return null;
        var due = truth.IdsIn(channel, at.Epoch, _from, at.Offset, events).ToList();
        return due.SequenceEqual(_ids, StringComparer.Ordinal) ? null : $"{channel}: from {_from} to {at.Offset} there is {string.Join(',', due)}; the client has {string.Join(',', _ids)}";
    }

    private void Begin(Position position)
    {
        _ids.Clear();
        _from = position.Offset;
    }
}
