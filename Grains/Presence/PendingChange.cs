using WhatsSound.Presence;

namespace WhatsSound.Grains.Presence;

/// <summary>A user who may differ from what subscribers were told last.</summary>
/// <param name="before">What they were told; null: not here.</param>
internal sealed class PendingChange(PresenceMember? before)
{
    private bool _isShownOtherwise;
    private bool _isShownAbsent;

    /// <summary>
    /// A view that is taken now shows the user as given. Whoever took it must be told what the user is in the end, even if that is as before.
    /// </summary>
    public void Show(PresenceMember? member)
    {
        _isShownOtherwise |= member != before;
        _isShownAbsent |= member is null;
    }

    public bool IsLeft(PresenceMember? now) => now is null && (before is not null || _isShownOtherwise);

    public bool IsJoined(PresenceMember? now) => now is not null && (before is null || _isShownAbsent);

    public bool IsUpdated(PresenceMember? now) => now is not null && !IsJoined(now) && (now != before || _isShownOtherwise);
}
