using WhatsSound.Presence;

namespace WhatsSound.Grains.Presence;

/// <summary>A user who may differ from what subscribers were told last.</summary>
/// <param name="before">What they were told; null: not here.</param>
internal sealed class PendingChange(PresenceMember? before)
{
    private bool _isShownOtherwise;
    private bool _isShownAbsent;
    private PresenceMember? _shown;

    /// <summary>Since when the user is here, as far as anybody can know: whoever comes back before somebody saw that they had gone has not gone. Null: from now on.</summary>
    public long? StaysSinceMs => _isShownAbsent ? null : before?.JoinedAtMs;

    /// <summary>
    /// A view that is taken now shows the user as given. Whoever took it must be told what the user is in the end, even if that is as before.
    /// </summary>
    public void Show(PresenceMember? member)
    {
        _isShownOtherwise |= member != before;
        _isShownAbsent |= member is null;
        _shown = member ?? _shown;
    }

    /// <summary>Adds what is to be told, so that everybody hears of joins and leaves in turn, also where some have seen what was between.</summary>
    /// <param name="now">How the user is now; null: not here.</param>
    /// <param name="passed">What is to be told first.</param>
    /// <param name="last">What is to be told then.</param>
    public void Tell(PresenceMember? now, PresenceDifference passed, PresenceDifference last)
    {
        if (now is null)
        {
            if (before is null && _shown is not null)
                passed.Joined.Add(_shown);
            if (before is not null || _shown is not null)
                last.Left.Add((before ?? _shown)!.UserId);
            return;
        }

        if (before is not null && _isShownAbsent)
            passed.Left.Add(now.UserId);
        if (before is null || _isShownAbsent)
            last.Joined.Add(now);
        else if (now != before || _isShownOtherwise)
            last.Updated.Add(now);
    }
}
