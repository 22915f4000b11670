using WhatsSound.Signatures;

namespace WhatsSound.Grains.Signatures;

/// <summary>
/// The signatures that were used, by the second in which they were made: the same one is always of the same second. Bounded by refusing; what is too old to be used is forgotten, and from then on nothing of that time
/// is taken. It needs no two clocks to agree.
/// </summary>
/// <param name="countMax">How many are remembered.</param>
/// <param name="forgottenUpToMs">Up to when some may have been used that are not remembered, Unix milliseconds.</param>
internal sealed class UsedSignatures(int countMax, long forgottenUpToMs)
{
    private const long SecondMs = 1000;

    private readonly SortedDictionary<long, HashSet<Guid>> _bySecond = [];

    /// <summary>Up to when nothing is known of what was used, by the times at which signatures were made.</summary>
    public long ForgottenUpToMs { get; private set; } = forgottenUpToMs;

    /// <summary>How many are remembered.</summary>
    public int Count { get; private set; }

    /// <summary>When there is room for another, where there is none now, if clocks go on.</summary>
    public long RoomAtMs => _bySecond.Count == 0 ? 0 : ((_bySecond.First().Key + 1) * SecondMs) + (long)SignatureTimes.AgeMax.TotalMilliseconds;

    /// <summary>Uses it, if it can be used.</summary>
    public SignatureUse Use(UsedSignature signature, long nowMs)
    {
        Forget(nowMs - (long)SignatureTimes.AgeMax.TotalMilliseconds);
        if (signature.TimeMs <= ForgottenUpToMs)
            return SignatureUse.Forgotten;
        var second = signature.TimeMs / SecondMs;
        var used = _bySecond.GetValueOrDefault(second);
        if (used?.Contains(signature.Half) is true)
            return SignatureUse.Again;
        if (Count >= countMax)
            return SignatureUse.Full;
        if (used is null)
            _bySecond.Add(second, used = []);
        used.Add(signature.Half);
        Count++;
        return SignatureUse.First;
    }

    private void Forget(long upToMs)
    {
        while (_bySecond.Count > 0 && _bySecond.First() is var (second, used) && (second + 1) * SecondMs <= upToMs)
        {
            _bySecond.Remove(second);
            Count -= used.Count;
            ForgottenUpToMs = Math.Max(ForgottenUpToMs, ((second + 1) * SecondMs) - 1);
        }
    }
}
