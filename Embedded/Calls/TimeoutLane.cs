using WhatsSound.Embedded.Runtime;

namespace WhatsSound.Embedded.Calls;

/// <summary>The calls of one node that wait equally long for a response, oldest first, under one timer.</summary>
internal sealed class TimeoutLane
{
    private readonly TimeSpan timeout;
    private readonly Node node;
    private readonly long timeoutTicks;
    private readonly ITimer timer;
    private readonly Lock calls = new();
    private Call? oldest;
    private Call? newest;
    private bool isArmed;

    public TimeoutLane(TimeSpan timeout, Node node)
    {
        this.timeout = timeout;
        this.node = node;
        timeoutTicks = (long)(timeout.TotalSeconds * node.MessagingTime.TimestampFrequency);
        timer = node.MessagingTime.CreateTimer(static lane => ((TimeoutLane)lane!).OnDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Add(Call call)
    {
        call.Lane = this;
        call.DeadlineTimestamp = node.MessagingTime.GetTimestamp() + timeoutTicks;
        lock (calls)
        {
            call.Earlier = newest;
            if (newest is null) oldest = call;
            else newest.Later = call;
            newest = call;
            if (isArmed) return;
            isArmed = true;
            timer.Change(timeout, Timeout.InfiniteTimeSpan);
        }
    }

    public void Remove(Call call)
    {
        lock (calls)
        {
            if (call.Earlier is null && !ReferenceEquals(oldest, call)) return;
            if (call.Earlier is null) oldest = call.Later;
            else call.Earlier.Later = call.Later;
            if (call.Later is null) newest = call.Earlier;
            else call.Later.Earlier = call.Earlier;
            call.Earlier = call.Later = null;
        }
    }

    public List<Call> TakeAll()
    {
        var taken = new List<Call>();
        lock (calls)
        {
            for (var call = oldest; call is not null; call = call.Later) taken.Add(call);
        }

        return taken;
    }

    private void OnDue()
    {
        foreach (var call in TakeExpired())
        {
            EmbeddedMetrics.TimedOut();
            node.Log.CallTimedOut(call.Method.Name, call.Target, timeout);
            call.GiveUp(new TimeoutException($"No response from {call.Target} to {call.Method.Name} in {timeout}."));
        }
    }

    private List<Call> TakeExpired()
    {
        var expired = new List<Call>();
        lock (calls)
        {
            var now = node.MessagingTime.GetTimestamp();
            var call = oldest;
            for (; call is not null && call.DeadlineTimestamp <= now; call = call.Later) expired.Add(call);
            isArmed = call is not null;
            if (isArmed) timer.Change(Rest(call!.DeadlineTimestamp - now), Timeout.InfiniteTimeSpan);
        }

        return expired;
    }

    /// <summary>Rounded up, so that the timer does not fire just before the deadline.</summary>
    private TimeSpan Rest(long timestampTicks)
        => TimeSpan.FromMilliseconds(Math.Ceiling(timestampTicks * 1000.0 / node.MessagingTime.TimestampFrequency));
}
