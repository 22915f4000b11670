namespace WhatsSound.Streams;

/// <summary>
/// A number that stands for a set of numbers: the exclusive or of a hash of each. Two sets of the same size and number are the same, but for a chance of 1 in 2^64.
/// </summary>
public static class StandingDigest
{
    /// <summary>Count and digest of those that are not above a bound.</summary>
    public static (int Count, ulong Digest) Of(IEnumerable<long> numbers, long upTo)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        var (count, digest) = (0, 0UL);
        foreach (var number in numbers)
        {
            if (number > upTo)
                continue;
            count++;
            digest ^= SplitMix64.Mix((ulong)number);
        }

        return (count, digest);
    }
}
