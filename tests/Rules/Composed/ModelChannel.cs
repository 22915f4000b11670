using WhatsSound.Channels;
using WhatsSound.Grains.Channels;
using WhatsSound.Publications;
using WhatsSound.Tests.Simulation.Judges;

namespace WhatsSound.Tests.Rules.Composed;

/// <summary>A channel as its grain has it, over the product's numbering; its log, if its rule has one, outlives it.</summary>
internal sealed class ModelChannel
{
    private static readonly ChannelRules Rules = new(ChannelOptions.Defaults);

    private readonly ChannelRule _rule;
    private readonly OffsetJudge _judge;
    private readonly Mistake _mistake;
    private readonly Action<ChannelFrame> _send;
    private readonly List<Publication> _log = [];
    private ChannelNumbering _numbering;
    private int _epochs;

    public ModelChannel(string name, OffsetJudge judge, Mistake mistake, Action<ChannelFrame> send)
    {
        Name = name;
        _rule = Rules.For(name);
        _judge = judge;
        _mistake = mistake;
        _send = send;
        _numbering = Begin();
    }

    public string Name { get; }

    public bool IsReachable { get; set; } = true;

    public Position Head => _numbering.Head;

    public Position Sent => _numbering.Sent;

    public IReadOnlyList<Publication> Log => _log;

    public Published Publish(PublishRequest request, long nowMs)
    {
        if (_mistake != Mistake.IdsAreForgotten && _numbering.FindAnswer(request, nowMs) is { } given)
            return given;
        var publication = _numbering.Next(request, nowMs);
        if (IsLogged)
            Keep(publication);
        var answer = _numbering.Apply(publication, nowMs);
        Wake(nowMs);
        return answer;
    }

    public Recovery Recover(Position since, long nowMs)
    {
        var asked = _mistake == Mistake.StaleEpochIsAccepted ? new Position(Head.Epoch, Math.Min(since.Offset, Head.Offset)) : since;
        return _numbering.Recover(new RecoverRequest { Since = asked }, nowMs);
    }

    public Recovery Rewind(int count, long nowMs) => _numbering.Recover(new RecoverRequest { RewindCount = count }, nowMs);

    /// <summary>Sends the frame that is due.</summary>
    public void Wake(long nowMs)
    {
        if (!(_numbering.FrameDueMs <= nowMs) || _numbering.TakeFrame(nowMs) is not { } frame)
            return;
        _judge.Saw(Head.Epoch, frame, nowMs);
        _send(frame);
    }

    /// <summary>Its silo dies: what waited for a frame is not sent, and what no log has is lost.</summary>
    public void Crash()
    {
        _judge.Left(Name);
        _numbering = Begin();
    }

    private bool IsLogged => _rule.PersistAll is not null || _rule.PersistLast;

    private ChannelNumbering Begin()
    {
        if (_log.Count > 0)
            return new(Name, _rule, new LoadedChannel(new(Epoch, _log[^1].Offset), [.. _log], IsComplete: true), nowMs: 0);
        _epochs++;
        return new(Name, _rule, LoadedChannel.New(Epoch), nowMs: 0);
    }

    private string Epoch => $"e{_epochs}";

    private void Keep(Publication publication)
    {
        if (_rule.PersistLast)
            _log.RemoveAll(other => other.Key == publication.Key);
        _log.Add(publication);
    }
}
