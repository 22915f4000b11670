using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Messages;

namespace WhatsSound.Gateway.Sessions;

/// <summary>
/// What the request under way holds until it is answered, at most what the session may be attached to, and what was taken from the session meanwhile. Safe from any thread.
/// </summary>
internal sealed class HeldAttachments
{
    private readonly Lock _gate = new();
    private List<ChannelAttachment>? _held;

    /// <summary>By the channel.</summary>
    private Dictionary<string, Untold>? _untold;

    public IReadOnlyList<ChannelAttachment> All
    {
        get
        {
            lock (_gate)
                return _held is null ? [] : [.. _held];
        }
    }

    public void Add(ChannelAttachment attachment)
    {
        lock (_gate)
        {
            _held ??= [];
            if (_held.Contains(attachment))
                return;
            _held.Add(attachment);
            // The request has attached it again: that the one before has ended counts only if the request comes to nothing.
            if (_untold is not null && _untold.TryGetValue(attachment.Feed.Channel, out var before))
                _untold[attachment.Feed.Channel] = before with { IsReplaced = true };
        }
    }

    /// <summary>Keeps the news that one has ended until the answer is out; false, where the request does not hold it.</summary>
    public bool TryKeep(ChannelAttachment attachment, DetachedMessage message)
    {
        lock (_gate)
        {
            if (_held?.Contains(attachment) != true)
                return false;
            _untold ??= new(StringComparer.Ordinal);
            var wasAttached = attachment.Hold is not { Before: null } || _untold.GetValueOrDefault(attachment.Feed.Channel).WasAttached;
            _untold[attachment.Feed.Channel] = new Untold(message, wasAttached, IsReplaced: false);
            return true;
        }
    }

    /// <summary>Takes such news of a channel out; null: there is none.</summary>
    public DetachedMessage? Take(string channel)
    {
        lock (_gate)
            return _untold is not null && _untold.Remove(channel, out var untold) ? untold.Message : null;
    }

    /// <summary>The answer is out: nothing is held any more. Answers what is to be told now; of a request that was refused the client knows nothing but what it had before.</summary>
    public IReadOnlyList<DetachedMessage> End(bool isDone)
    {
        lock (_gate)
        {
            var untold = _untold;
            (_held, _untold) = (null, null);
            return untold is null ? [] : [.. untold.Values.Where(one => isDone ? !one.IsReplaced : one.WasAttached).Select(static one => one.Message)];
        }
    }

    /// <param name="Message">What is to be told.</param>
    /// <param name="WasAttached">Whether the client had it before the request.</param>
    /// <param name="IsReplaced">Whether the request has attached the channel again since.</param>
    private readonly record struct Untold(DetachedMessage Message, bool WasAttached, bool IsReplaced);
}
