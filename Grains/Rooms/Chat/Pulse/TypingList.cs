using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>Who writes. Whoever does not say so again within the time does not. Who is muted in the shadow writes for themselves alone. Bounded by the size of rooms that have it.</summary>
internal sealed class TypingList
{
    /// <summary>In a larger room somebody always writes.</summary>
    public const int MembersMax = 50;

    /// <summary>How long who said so writes.</summary>
    public const long LastsMs = 6_000;

    private readonly List<Writing> _writing = [];
    private readonly HashSet<string> _changedFor = new(StringComparer.Ordinal);
    private bool _isChanged;

    /// <summary>Whether somebody has not been told how the list is now.</summary>
    public bool HasChanged => _isChanged || _changedFor.Count > 0;

    /// <summary>When the first of them does not any more; null: nobody writes.</summary>
    public long? DueMs => _writing.Count == 0 ? null : _writing.Min(static writing => writing.UntilMs);

    /// <summary>As a user sees it; null: who does not write in the shadow.</summary>
    public TypingMembers For(string? userId) =>
        new() { Members = [.. _writing.Where(writing => !writing.IsTheirs || writing.Member.UserId == userId).Select(static writing => writing.Member)] };

    /// <param name="member">Who.</param>
    /// <param name="isTyping">Whether they write.</param>
    /// <param name="isTheirs">Whether only they are to see it.</param>
    /// <param name="nowMs">Room time.</param>
    public void Set(TypingMember member, bool isTyping, bool isTheirs, long nowMs)
    {
        var known = _writing.FindIndex(writing => writing.Member.UserId == member.UserId);
        var before = known < 0 ? null : _writing[known];
        var writing = new Writing(before?.Member ?? member, nowMs + LastsMs, isTheirs);
        if (!isTyping && known >= 0)
            _writing.RemoveAt(known);
        else if (isTyping && known >= 0)
            _writing[known] = writing;
        else if (isTyping && _writing.Count < MembersMax)
            _writing.Add(writing);
        if (before is not null && (!isTyping || before.IsTheirs != isTheirs))
            Changed(before);
        if (isTyping && before?.IsTheirs != isTheirs)
            Changed(writing);
    }

    /// <summary>Time has passed.</summary>
    public void Expire(long nowMs)
    {
        foreach (var writing in _writing.Where(writing => writing.UntilMs <= nowMs))
            Changed(writing);
        _writing.RemoveAll(writing => writing.UntilMs <= nowMs);
    }

    /// <summary>Who is to be told how the list is now: all, and those who see another; null: nobody is.</summary>
    public PulseChange? TakeChange()
    {
        if (!HasChanged)
            return null;
        if (_isChanged)
            _changedFor.UnionWith(_writing.Where(static writing => writing.IsTheirs).Select(static writing => writing.Member.UserId));
        var change = new PulseChange(_isChanged, [.. _changedFor.Order(StringComparer.Ordinal)]);
        _isChanged = false;
        _changedFor.Clear();
        return change;
    }

    /// <summary>It could not be told, and is to be told again.</summary>
    public void TellAgain(PulseChange change)
    {
        _isChanged |= change.IsForAll;
        _changedFor.UnionWith(change.ForUserIds);
    }

    private void Changed(Writing writing)
    {
        if (writing.IsTheirs)
            _changedFor.Add(writing.Member.UserId);
        else
            _isChanged = true;
    }

    private sealed record Writing(TypingMember Member, long UntilMs, bool IsTheirs);
}
