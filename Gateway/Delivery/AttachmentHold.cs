using WhatsSound.Gateway.Messages;
using WhatsSound.Publications;

namespace WhatsSound.Gateway.Delivery;

/// <summary>
/// What an attachment gets while a request is under way whose answer is to come first: it waits here, up to a bound. Under the feed's lock.
/// </summary>
/// <param name="before">What the subscriber had before the request; null: it was not attached.</param>
/// <param name="toldBefore">Up to where it had been told.</param>
/// <param name="wantsBefore">What it wanted.</param>
/// <param name="followedBefore">Whether it was told how many are in the channel.</param>
/// <param name="beganBefore">Where it had been attached.</param>
/// <param name="bytesMax">What may wait; beyond it nothing does, and is read again.</param>
internal sealed class AttachmentHold(Position? before, long toldBefore, Wants? wantsBefore, bool followedBefore, Position? beganBefore, int bytesMax)
{
    private readonly List<OutgoingMessage> _waiting = [];
    private int _bytes;

    public Position? Before => before;

    public long ToldBefore => toldBefore;

    public Wants? WantsBefore => wantsBefore;

    public bool FollowedBefore => followedBefore;

    public Position? BeganBefore => beganBefore;

    /// <summary>Where the request has attached it; null: nowhere yet.</summary>
    public Position? At { get; private set; }

    /// <summary>Whether the answer is going out that says where it is attached: the client may have that from now on.</summary>
    public bool IsAnswered { get; set; }

    /// <summary>Whether too much came to be kept.</summary>
    public bool IsCut { get; private set; }

    public IReadOnlyList<OutgoingMessage> Waiting => _waiting;

    /// <summary>The request has attached it, and its answer names that position: what waited belongs to another place. Before everything else goes what the subscriber asked for as frames.</summary>
    public void Move(Position at, IEnumerable<OutgoingMessage> catchUp)
    {
        At = at;
        _waiting.Clear();
        (_bytes, IsCut) = (0, false);
        foreach (var message in catchUp)
            Add(message);
    }

    public void Add(OutgoingMessage message)
    {
        if (IsCut)
            return;
        _bytes += message.BytesEstimate;
        IsCut = _bytes > bytesMax;
        if (IsCut)
            _waiting.Clear();
        else
            _waiting.Add(message);
    }
}
