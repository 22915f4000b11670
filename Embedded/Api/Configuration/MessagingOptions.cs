namespace Orleans.Configuration;

public abstract class MessagingOptions
{
    /// <summary>How long a caller waits for a response.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
