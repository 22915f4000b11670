namespace WhatsSound.Gateway.Delivery;

/// <summary>Tells an observer that frames may be missing. Passed, never thrown.</summary>
internal sealed class LaneSkippedException : Exception
{
    public LaneSkippedException()
        : base("The lane skipped a batch.")
    {
    }

    public LaneSkippedException(string message)
        : base(message)
    {
    }

    public LaneSkippedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
