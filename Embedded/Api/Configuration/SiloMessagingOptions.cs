namespace Orleans.Configuration;

public class SiloMessagingOptions : MessagingOptions
{
    /// <summary>How many requests may wait at one activation before further ones are refused; 0 is without limit.</summary>
    public int MaxEnqueuedRequestsHardLimit { get; set; }
}
